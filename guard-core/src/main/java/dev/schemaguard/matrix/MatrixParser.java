// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code compatibility.md}: the three settings above the first schema table, and the rows.
 */
final class MatrixParser {

  /** What the document says, before anything is resolved. */
  record Document(
      @Nullable String application,
      @Nullable UnknownAhead unknownAhead,
      List<String> paths,
      List<MatrixRow> rows) {}

  private static final Pattern SETTING =
      Pattern.compile(
          "(?<marks>(?:[\\s#>*_+`~-]|\\d{1,9}[.)])*+)"
              + "(?<name>application|unknown\\s++ahead|paths)[*_`~\\s]*+:(?<value>.*)",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> SETTINGS = List.of("Application", "Unknown ahead", "Paths");

  private final String origin;
  private @Nullable String application;
  private @Nullable UnknownAhead unknownAhead;
  private @Nullable List<String> paths;
  private final List<MatrixRow> rows = new ArrayList<>();

  MatrixParser(String origin) {
    this.origin = origin;
  }

  Document parse(String text) {
    List<MarkdownLines.Line> lines = MarkdownLines.of(text, origin);
    List<SchemaTable> tables =
        MarkdownTable.of(lines).stream()
            .flatMap(table -> SchemaTable.of(table, origin).stream())
            .toList();
    if (tables.isEmpty()) {
      throw new ConfigurationException(
          origin,
          "the document has no schema table",
          "Write a table with the columns App version, Expected head revision and Min compatible"
              + " revision, a blank line before it.");
    }
    readSettings(lines, tables.get(0).line());
    tables.forEach(table -> rows.addAll(table.rows()));
    return new Document(
        application, unknownAhead, paths == null ? List.of() : paths, List.copyOf(rows));
  }

  private void readSettings(List<MarkdownLines.Line> lines, int firstTable) {
    for (MarkdownLines.Line line : lines) {
      Matcher matcher = SETTING.matcher(line.text());
      if (matcher.matches()) {
        String written = line.text().substring(0, line.text().indexOf(':'));
        if (!SETTINGS.contains(written) || line.number() > firstTable) {
          throw misplaced(line, matcher.group("name"));
        }
        set(line.number(), written, MarkdownTable.plain(matcher.group("value").strip()));
      }
    }
  }

  private ConfigurationException misplaced(MarkdownLines.Line line, String name) {
    return error(
        line.number(),
        "'" + line.text().strip() + "' looks like a setting but would be ignored",
        "Settings are "
            + String.join(":, ", SETTINGS)
            + ":, written so, at the start of a line,"
            + " above the first schema table. If this is prose, do not begin the line with '"
            + name
            + ":'.");
  }

  private void set(int line, String name, String value) {
    if (value.isEmpty()) {
      throw error(line, "'" + name + ":' has no value", "Write the value on the same line.");
    }
    switch (name) {
      case "Application" -> {
        requireUnset(line, name, application);
        application = value;
      }
      case "Unknown ahead" -> {
        requireUnset(line, name, unknownAhead);
        unknownAhead = unknownAhead(line, value);
      }
      default -> {
        requireUnset(line, name, paths);
        paths = Arrays.stream(value.split(",", -1)).map(String::strip).toList();
        if (paths.contains("")) {
          throw error(line, "'" + value + "' holds an empty path", "Remove the extra comma.");
        }
      }
    }
  }

  private UnknownAhead unknownAhead(int line, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "refused" -> UnknownAhead.REFUSED;
      case "allowed" -> UnknownAhead.ALLOWED;
      default -> throw error(line, "'" + value + "' is no answer", "Write refused or allowed.");
    };
  }

  private void requireUnset(int line, String name, @Nullable Object value) {
    if (value != null) {
      throw error(line, "'" + name + ":' is given twice", "Keep one of the two.");
    }
  }

  private ConfigurationException error(int line, String what, String action) {
    return new ConfigurationException(origin + ":" + line, what, action);
  }
}
