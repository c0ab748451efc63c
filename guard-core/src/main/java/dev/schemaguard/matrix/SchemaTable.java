// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A table of the document that states which revisions the versions of the application run on. */
final class SchemaTable {

  private static final Pattern APP_VERSION = Pattern.compile("app(?:lication)? version");
  private static final Pattern EXPECTED = Pattern.compile("expected(?: head)?(?: revision)?");
  private static final Pattern MIN = Pattern.compile("min(?:imum)?(?: compatible)?(?: revision)?");
  private static final Pattern MAX = Pattern.compile("max(?:imum)?(?: compatible)?(?: revision)?");
  private static final Pattern MEANT_AS_COLUMN = Pattern.compile("(?:expected|min|max).*");

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

  /** The table as a schema table, or empty where it is one of clients or prose. */
  static Optional<SchemaTable> of(MarkdownTable table, String origin) {
    if (table.headers().stream().noneMatch(h -> APP_VERSION.matcher(h).matches())) {
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

  private void requireKnownHeaders() {
    for (int i = 0; i < table.headers().size(); i++) {
      String header = table.headers().get(i);
      boolean known = i == version || i == expected || i == min || i == max;
      if (!known && MEANT_AS_COLUMN.matcher(header).matches()) {
        throw error(
            table.line(),
            "the column '" + header + "' would be ignored",
            "Rename it to Expected head revision, Min compatible revision or Max compatible"
                + " revision; a comment column must not begin with expected, min or max.");
      }
    }
  }

  private ConfigurationException error(int line, String what, String action) {
    return new ConfigurationException(origin + ":" + line, what, action);
  }
}
