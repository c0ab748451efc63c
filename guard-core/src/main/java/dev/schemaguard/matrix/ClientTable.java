// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One client table. Its rows are parsed when they are first needed. Immutable and thread-safe. */
final class ClientTable {

  private final MarkdownTable table;
  private final String origin;
  private final boolean bundled;
  private volatile @Nullable VersionRows<ClientRow> rows;

  ClientTable(MarkdownTable table, String origin, boolean bundled) {
    this.table = table;
    this.origin = origin;
    this.bundled = bundled;
  }

  String where() {
    return origin + ":" + table.line();
  }

  /** Returns the columns, one for each client. */
  List<ClientColumn> columns() {
    List<ClientColumn> columns = new ArrayList<>();
    for (int i = 1; i < table.titles().size(); i++) {
      columns.add(new ClientColumn(this, i, table.titles().get(i)));
    }
    return columns;
  }

  /**
   * Returns the rows.
   *
   * @throws ConfigurationException if one of them cannot be parsed, or if two contradict each other
   */
  VersionRows<ClientRow> rows() {
    VersionRows<ClientRow> read = rows;
    if (read == null) {
      List<ClientRow> all = new ArrayList<>();
      for (MarkdownTable.Row row : table.rows()) {
        all.add(row(row));
      }
      read = new VersionRows<>(all, bundled);
      rows = read;
    }
    return read;
  }

  /** Returns all errors in the rows and their cells. */
  List<ConfigurationException> errors() {
    List<ConfigurationException> errors = new ArrayList<>();
    boolean readable = true;
    for (MarkdownTable.Row line : table.rows()) {
      try {
        addErrors(row(line), errors);
      } catch (ConfigurationException e) {
        errors.add(e);
        readable = false;
      }
    }
    if (readable) {
      try {
        rows();
      } catch (ConfigurationException e) {
        errors.add(e);
      }
    }
    return errors;
  }

  private static void addErrors(ClientRow row, List<ConfigurationException> errors) {
    for (int i = 1; i < row.cells().size(); i++) {
      try {
        row.range(i);
      } catch (ConfigurationException e) {
        errors.add(e);
      }
    }
  }

  private ClientRow row(MarkdownTable.Row row) {
    return ClientRow.of(row, table.titles().size(), origin + ":" + row.line());
  }

  /** Returns the table as written. */
  ClientTables.Table written() {
    List<List<String>> cells = new ArrayList<>();
    for (MarkdownTable.Row row : table.rows()) {
      cells.add(row.cells());
    }
    return new ClientTables.Table(table.titles(), cells);
  }
}
