// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.InvisibleCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code compatibility.md}: the three settings above the first schema table, the rows, and
 * the client tables.
 */
final class MatrixParser {

  private static final String NAMES = "application|unknown[\\s_-]*+ahead|paths";
  private static final Pattern SETTING =
      Pattern.compile(
          "(?:[^\\p{L}\\p{N}|]|\\d{1,9}[.)]|x\\])*+(?<name>"
              + NAMES
              + ")[^\\p{L}\\p{N}:\uFF1A]*+[:\uFF1A](?<value>.*+)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern SETTING_INSIDE =
      Pattern.compile("\\b(?:" + NAMES + ") *+:", Pattern.CASE_INSENSITIVE);
  private static final Pattern APPLICATION = Pattern.compile("[\\p{L}\\p{N}](?:.*[\\p{L}\\p{N}])?");
  private static final Pattern SEVERAL_PATHS = Pattern.compile("[*`\"'] |[;`\"'<>]");
  private static final List<String> SETTINGS = List.of("Application", "Unknown ahead", "Paths");

  private final String origin;
  private @Nullable String application;
  private @Nullable UnknownAhead unknownAhead;
  private @Nullable List<String> paths;
  private final List<MatrixRow> rows = new ArrayList<>();

  MatrixParser(String origin) {
    this.origin = origin;
  }

  MatrixDocument parse(String text) {
    List<MarkdownLines.Line> lines = MarkdownLines.of(text, origin);
    List<MarkdownTable> tables = MarkdownTable.of(lines);
    List<SchemaTable> schemaTables = new ArrayList<>();
    for (MarkdownTable table : tables) {
      Optional<SchemaTable> schemaTable = SchemaTable.of(table, origin);
      if (schemaTable.isPresent()) {
        schemaTables.add(schemaTable.get());
      }
    }
    new IgnoredRows(schemaTables, origin).refuse(lines, tables);
    if (schemaTables.isEmpty()) {
      throw new ConfigurationException(
          origin,
          "the document has no schema table",
          "Write a table with the columns App version, Expected head revision and Min compatible"
              + " revision, a blank line before it.");
    }
    readSettings(lines, schemaTables.get(0).line());
    for (SchemaTable table : schemaTables) {
      rows.addAll(table.rows());
    }
    if (rows.isEmpty()) {
      throw error(
          schemaTables.get(0).line(),
          "the schema table has no row",
          "Write a row for each version, or | current | head | | for the newest.");
    }
    return new MatrixDocument(
        application,
        unknownAhead,
        paths == null ? List.of() : paths,
        rows,
        clientTables(tables),
        conditions(lines, tables));
  }

  private static @Nullable ConditionTables conditions(
      List<MarkdownLines.Line> lines, List<MarkdownTable> tables) {
    for (MarkdownTable table : tables) {
      if (SchemaHeaders.mayHoldConditions(table)) {
        return ConditionTables.of(lines, tables);
      }
    }
    return null;
  }

  private static List<MarkdownTable> clientTables(List<MarkdownTable> tables) {
    List<MarkdownTable> clientTables = new ArrayList<>();
    for (MarkdownTable table : tables) {
      if (SchemaHeaders.areOfClients(table)) {
        clientTables.add(table);
      }
    }
    return clientTables;
  }

  private void readSettings(List<MarkdownLines.Line> lines, int firstTable) {
    for (MarkdownLines.Line line : lines) {
      if (line.text().indexOf(':') < 0 && line.text().indexOf('\uFF1A') < 0) {
        continue;
      }
      String visible = InvisibleCharacters.removedFrom(line.text());
      Matcher matcher = SETTING.matcher(visible);
      if (matcher.matches()) {
        String written = visible.substring(0, matcher.start("value") - 1);
        if (!SETTINGS.contains(written)
            || !line.text().startsWith(written + ":")
            || line.number() > firstTable) {
          throw misplaced(line, matcher.group("name"));
        }
        set(line.number(), written, line.text().substring(written.length() + 1).strip());
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

  private void set(int line, String name, String written) {
    // A backslash at the end of a line is Markdown's line break.
    String text = written.endsWith("\\") ? written.substring(0, written.length() - 1) : written;
    if (text.isBlank()) {
      throw error(line, "'" + name + ":' has no value", "Write the value on the same line.");
    }
    if (SETTING_INSIDE.matcher(text).find() || InvisibleCharacters.isIn(text)) {
      throw error(
          line,
          "'" + text + "' holds another setting or an invisible character",
          "Write each setting on a line of its own, typed, not pasted.");
    }
    switch (name) {
      case "Application" -> {
        requireUnset(line, name, application);
        application = application(line, MarkdownTable.plain(text.strip()));
      }
      case "Unknown ahead" -> {
        requireUnset(line, name, unknownAhead);
        unknownAhead = unknownAhead(line, MarkdownTable.plain(text.strip()));
      }
      default -> {
        requireUnset(line, name, paths);
        paths = paths(line, text.strip());
      }
    }
  }

  private String application(int line, String value) {
    if (!APPLICATION.matcher(value).matches() || value.contains(" #")) {
      throw error(
          line,
          "'" + value + "' is not a name of an application",
          "Write the bare name, without quotes, emphasis, comment or full stop.");
    }
    return value;
  }

  private List<String> paths(int line, String value) {
    List<String> items = new ArrayList<>();
    for (String item : MarkdownTable.withoutBackticks(value).split(",", -1)) {
      String path = MarkdownTable.plain(item.strip());
      if (ChangesetKey.normalize(path).isBlank()) {
        throw error(line, "'" + value + "' holds an empty path", "Remove the extra comma.");
      }
      if (SEVERAL_PATHS.matcher(path).find()) {
        throw error(
            line,
            "'" + path + "' is not a path pattern",
            "Part the patterns by commas and write them without quotes, as in db/a/**, db/b/*.");
      }
      items.add(path);
    }
    return List.copyOf(items);
  }

  private UnknownAhead unknownAhead(int line, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "refused" -> UnknownAhead.REFUSED;
      case "intact" -> UnknownAhead.INTACT;
      case "allowed" -> UnknownAhead.ALLOWED;
      default ->
          throw error(
              line, "'" + value + "' is not a valid value", "Write refused, intact or allowed.");
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
