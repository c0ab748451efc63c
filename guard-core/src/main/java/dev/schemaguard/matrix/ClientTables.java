// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a document that state which clients fit a server. Their first column is App
 * version, Application version or Server version, and their other columns are clients. Immutable
 * and thread-safe.
 *
 * <p>A table that only looks like a client table must not stop an application. Therefore an error
 * in a table is reported only when that table is queried, or when {@link #errors} checks all of
 * them.
 */
public final class ClientTables {

  /**
   * A client table as written, for display.
   *
   * @param headers the header cells
   * @param rows the cells of each row, not necessarily as many as headers
   */
  public record Table(List<String> headers, List<List<String>> rows) {
    /** Copies the lists. */
    public Table {
      headers = List.copyOf(headers);
      rows = List.copyOf(rows);
    }
  }

  private final String origin;
  private final List<ClientTable> tables = new ArrayList<>();
  private final List<ClientColumn> columns = new ArrayList<>();

  ClientTables(List<MarkdownTable> written, String origin, boolean bundled) {
    this.origin = origin;
    for (MarkdownTable table : written) {
      ClientTable clients = new ClientTable(table, origin, bundled);
      tables.add(clients);
      columns.addAll(clients.columns());
    }
  }

  /**
   * Returns the clients' names as the headers write them, in order; empty if no table names a
   * client.
   */
  public List<String> components() {
    List<String> names = new ArrayList<>();
    for (ClientColumn column : columns) {
      if (!column.key().isEmpty()) {
        names.add(column.title());
      }
    }
    return List.copyOf(names);
  }

  /** Returns the tables as written, in the document's order. */
  public List<Table> tables() {
    List<Table> written = new ArrayList<>();
    for (ClientTable table : tables) {
      written.add(table.written());
    }
    return List.copyOf(written);
  }

  /**
   * Returns whether a version of a client fits a version of the server. The server's row is found
   * by the rules of {@link CompatibilityMatrix#rowFor}. A client version with a qualifier that the
   * cell does not name counts as its release. {@code any} and {@code none} also apply to clients
   * whose version cannot be compared.
   *
   * @param serverVersion the server's version, not necessarily one that can be compared; null if it
   *     has none
   * @param own whether this is the version of the calling application
   * @param component the client's name; letter case does not matter, and blanks, hyphens and
   *     underscores are equal
   * @param clientVersion the client's version, as the client reports it
   * @throws ConfigurationException if two columns name that client, if the rows of its table cannot
   *     be parsed or contradict each other, or if the cell does not spell a range
   */
  public ClientCompatibility fit(
      @Nullable String serverVersion, boolean own, String component, String clientVersion) {
    ClientColumn column = column(component);
    if (column == null) {
      return new ClientCompatibility(
          ClientCompatibility.Outcome.UNKNOWN_COMPONENT,
          component,
          clientVersion,
          serverVersion,
          null,
          null,
          origin);
    }
    ClientRow row = column.table().rows().rowFor(serverVersion, own).orElse(null);
    ClientRange range = row == null ? null : row.range(column.index());
    ClientCompatibility.Outcome outcome =
        row == null
            ? ClientCompatibility.Outcome.NO_ROW
            : range == null ? ClientCompatibility.Outcome.NOT_STATED : range.outcome(clientVersion);
    return new ClientCompatibility(
        outcome,
        column.title(),
        clientVersion,
        serverVersion,
        row == null ? null : row.label(),
        range == null ? null : range.text(),
        row == null ? column.table().where() : row.where());
  }

  /** Returns all errors in these tables. Each error names its location and the action to take. */
  public List<ConfigurationException> errors() {
    List<ConfigurationException> errors = new ArrayList<>();
    for (ClientColumn column : columns) {
      try {
        requireNamedOnce(column);
      } catch (ConfigurationException e) {
        errors.add(e);
      }
    }
    for (ClientTable table : tables) {
      errors.addAll(table.errors());
    }
    return List.copyOf(errors);
  }

  private @Nullable ClientColumn column(String component) {
    String key = ClientColumn.key(component);
    ClientColumn found = null;
    for (ClientColumn column : columns) {
      if (column.key().equals(key) && !key.isEmpty()) {
        requireNamedOnce(column);
        found = column;
      }
    }
    return found;
  }

  private void requireNamedOnce(ClientColumn column) {
    if (column.key().isEmpty()) {
      throw new ConfigurationException(
          column.table().where(),
          "a column of clients has no name",
          "Name the client, or remove it.");
    }
    for (ClientColumn earlier : columns) {
      if (earlier.equals(column)) {
        return;
      }
      if (earlier.key().equals(column.key())) {
        throw new ConfigurationException(
            column.table().where(),
            "'"
                + column.title()
                + "' names the same client as '"
                + earlier.title()
                + "' at "
                + earlier.table().where(),
            "Keep one column for each client. If one of the tables is prose, name its first column"
                + " otherwise.");
      }
    }
  }
}
