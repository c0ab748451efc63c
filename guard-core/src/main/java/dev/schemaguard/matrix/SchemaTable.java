// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.InvisibleCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of the document that states which revisions the versions of the application run on. */
final class SchemaTable {

  private final MarkdownTable table;
  private final String origin;
  private final SchemaColumns columns;

  private SchemaTable(MarkdownTable table, SchemaColumns columns, String origin) {
    this.table = table;
    this.columns = columns;
    this.origin = origin;
  }

  /** Returns the table as a schema table, or empty if it is a client table or an unrelated one. */
  static Optional<SchemaTable> of(MarkdownTable table, String origin) {
    Optional<SchemaColumns> columns = SchemaColumns.of(table, origin);
    return columns.isPresent()
        ? Optional.of(new SchemaTable(table, columns.get(), origin))
        : Optional.empty();
  }

  /** Returns whether these cells could be one of this table's rows. */
  boolean looksLikeRow(List<String> cells) {
    return cells.size() == table.headers().size()
        && VersionPattern.parse(cells.get(columns.version())).isPresent();
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
    for (int column : columns.all()) {
      requireVisible(row, column);
    }
    return MatrixRow.of(
        row.cells().get(columns.version()),
        cell(row, columns.expected()),
        cell(row, columns.min()),
        cell(row, columns.max()),
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

  private ConfigurationException error(int line, String what, String action) {
    return new ConfigurationException(origin + ":" + line, what, action);
  }
}
