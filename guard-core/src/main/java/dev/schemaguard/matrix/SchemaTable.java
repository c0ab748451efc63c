// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of the document that states which revisions the versions of the application run on. */
final class SchemaTable {

  private static final Pattern APP_VERSION = Pattern.compile("app(?:lication)? version");
  private static final String SERVER_VERSION = "server version";
  private static final Pattern LIKE_APP_VERSION = Pattern.compile("app(?:lication)? versions?");
  private static final Pattern EXPECTED = Pattern.compile("expected(?: head)?(?: revision)?");
  private static final Pattern MIN = Pattern.compile("min(?:imum)?(?: compatible)?(?: revision)?");
  private static final Pattern MAX = Pattern.compile("max(?:imum)?(?: compatible)?(?: revision)?");
  private static final Pattern MEANT_AS_COLUMN =
      Pattern.compile("(?:expected|min|max).*", Pattern.DOTALL);
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]++");

  private final MarkdownTable table;
  private final String origin;
  private final int version;
  private final int expected;
  private final int min;
  private final int max;

  private SchemaTable(MarkdownTable table, String origin) {
    this.table = table;
    this.origin = origin;
    this.version = column(APP_VERSION);
    this.expected = column(EXPECTED);
    this.min = column(MIN);
    this.max = column(MAX);
  }

  /** Returns the table as a schema table, or empty if it is a client table or an unrelated one. */
  static Optional<SchemaTable> of(MarkdownTable table, String origin) {
    if (!anyHeader(table, APP_VERSION)) {
      requireNotMeant(table, origin);
      return Optional.empty();
    }
    SchemaTable schemaTable = new SchemaTable(table, origin);
    schemaTable.requireKnownHeaders();
    if (schemaTable.expected < 0) {
      if (schemaTable.min < 0 && schemaTable.max < 0) {
        return Optional.empty();
      }
      throw schemaTable.error(
          table.line(),
          "the table has no column Expected head revision",
          "Add it: the revision that each version was built for.");
    }
    return Optional.of(schemaTable);
  }

  private static boolean anyHeader(MarkdownTable table, Pattern name) {
    for (String header : table.headers()) {
      if (name.matcher(header).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether this table states which clients fit the versions in its first column. */
  static boolean isOfClients(MarkdownTable table) {
    String first = table.headers().get(0);
    return (first.equals(SERVER_VERSION) || APP_VERSION.matcher(first).matches())
        && !anyHeader(table, EXPECTED)
        && !anyHeader(table, MIN)
        && !anyHeader(table, MAX);
  }

  /**
   * Returns whether the name of one of these columns means, or is close to a name that means, that
   * the column contains versions.
   */
  static boolean namesVersions(List<String> headers) {
    return headers.stream()
        .filter(header -> header.length() >= "app version".length())
        .anyMatch(header -> LIKE_APP_VERSION.matcher(letters(header)).matches());
  }

  /** Returns whether these cells could be one of this table's rows. */
  boolean looksLikeRow(List<String> cells) {
    return cells.size() == table.headers().size()
        && VersionPattern.parse(cells.get(version)).isPresent();
  }

  int line() {
    return table.line();
  }

  List<MatrixRow> rows() {
    List<MatrixRow> rows = new ArrayList<>();
    for (MarkdownTable.Row row : table.rows()) {
      if (row.cells().size() != table.headers().size()) {
        throw error(
            row.line(),
            "the row has " + row.cells().size() + " cell(s), the header " + table.headers().size(),
            "Give every row the header's cells; end the table with a blank line; write \\| for a"
                + " pipe inside a cell.");
      }
      rows.add(row(row));
    }
    return rows;
  }

  private MatrixRow row(MarkdownTable.Row row) {
    for (int column : new int[] {version, expected, min, max}) {
      requireVisible(row, column);
    }
    return MatrixRow.of(
        row.cells().get(version),
        cell(row, expected),
        cell(row, min),
        cell(row, max),
        origin + ":" + row.line());
  }

  private static @Nullable String cell(MarkdownTable.Row row, int column) {
    return column < 0 || row.cells().get(column).isEmpty() ? null : row.cells().get(column);
  }

  private void requireVisible(MarkdownTable.Row row, int column) {
    String cell = column < 0 ? "" : row.cells().get(column);
    if (InvisibleCharacters.isIn(cell)) {
      throw error(
          row.line(),
          "'" + cell + "' holds an invisible character",
          "Type the cell anew instead of pasting it.");
    }
  }

  private int column(Pattern name) {
    int found = -1;
    for (int i = 0; i < table.headers().size(); i++) {
      if (name.matcher(table.headers().get(i)).matches()) {
        if (found >= 0) {
          throw error(
              table.line(),
              "the columns '"
                  + table.headers().get(found)
                  + "' and '"
                  + table.headers().get(i)
                  + "' mean the same",
              "Keep one of them.");
        }
        found = i;
      }
    }
    return found;
  }

  /**
   * Refuses a table that was meant to be enforced, but lacks the column that makes it a schema
   * table.
   */
  private static void requireNotMeant(MarkdownTable table, String origin) {
    if (namesVersions(table.headers())
        && table.headers().stream().anyMatch(SchemaTable::isMeantAsColumn)) {
      throw new ConfigurationException(
          origin + ":" + table.line(),
          "no column is called 'App version' exactly, so the table would be ignored",
          "Write the header of that column so, without emphasis or other marks.");
    }
    long named = Stream.of(EXPECTED, MIN, MAX).filter(name -> anyHeader(table, name)).count();
    boolean revisions =
        table.headers().stream().anyMatch(h -> isMeantAsColumn(h) && h.endsWith(" revision"));
    if (named > 1 && revisions) {
      throw new ConfigurationException(
          origin + ":" + table.line(),
          "the table has no column App version, so it would be ignored",
          "Name the column that holds the versions App version.");
    }
  }

  private static boolean isMeantAsColumn(String header) {
    return header.length() >= "min".length() && MEANT_AS_COLUMN.matcher(letters(header)).matches();
  }

  private void requireKnownHeaders() {
    for (int i = 0; i < table.headers().size(); i++) {
      String header = table.headers().get(i);
      boolean known = i == version || i == expected || i == min || i == max;
      if (!known && isMeantAsColumn(header)) {
        throw error(
            table.line(),
            "the column '" + header + "' would be ignored",
            "Rename it to Expected head revision, Min compatible revision or Max compatible"
                + " revision; a comment column must not begin with expected, min or max.");
      }
    }
  }

  /** Returns the letters and digits of a header, with words separated by one blank. */
  private static String letters(String header) {
    String visible = InvisibleCharacters.removedFrom(header);
    return NO_LETTERS.matcher(visible).replaceAll(" ").strip();
  }

  private ConfigurationException error(int line, String what, String action) {
    return new ConfigurationException(origin + ":" + line, what, action);
  }
}
