// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.history.HistoryPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database's own list of schemas and tables. It is queried only if the direct query failed. */
public interface TableCatalog {

  /** A schema and whether the role may use it. */
  record Schema(String name, boolean usable) {}

  /** A table or view, and whether the role may read it, as far as the catalog shows. */
  record Table(String schema, String name, boolean readable) {}

  /**
   * A table with its columns.
   *
   * @param columns the names of all its columns, in lower case
   */
  record TableColumns(Table table, Set<String> columns) {}

  /**
   * A table with its size.
   *
   * @param plain whether it is a table without row-level security, and not a view
   * @param rows how many rows it has, approximately; at least 1
   */
  record SizedTable(String schema, String name, boolean plain, int rows) {}

  /** Returns all schemas. */
  List<Schema> schemas() throws SQLException;

  /** Returns the names of all schemas. */
  default List<String> schemaNames() throws SQLException {
    List<String> names = new ArrayList<>();
    for (Schema schema : schemas()) {
      names.add(schema.name());
    }
    return names;
  }

  /** Returns every table with this name, in any schema and any letter case. */
  List<Table> tables(String name) throws SQLException;

  /**
   * Returns the tables, or views, that have at least one of these columns, in any letter case.
   *
   * @param columns names in lower case
   * @param schema the schema to search; null means every schema that the catalog shows
   */
  List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema) throws SQLException;

  /** Returns those of {@code names} that are exactly the names of tables, or views, in a schema. */
  Set<String> present(String schema, List<String> names) throws SQLException;

  /**
   * Returns the names of the tables in a schema, without views and tables that belong to an
   * extension.
   */
  List<String> tablesIn(String schema) throws SQLException;

  /**
   * Returns the tables and views with exactly these names in these schemas; none if the catalog
   * does not show their sizes.
   */
  default List<SizedTable> sizedTables(List<String> schemas, List<String> names)
      throws SQLException {
    return List.of();
  }

  /**
   * Returns whether a table of a schema that is missing from {@link #tables} is proven not to
   * exist. The result is false if the catalog hides what the role may not read.
   */
  boolean isComplete(String schema) throws SQLException;

  /** Returns whether the database may hide rows of a table from the role, by a policy. */
  default boolean hidesRows(HistoryPlace place) throws SQLException {
    return false;
  }

  /**
   * Returns the statement that shows all rows to a role. It is asked for only if the database
   * {@linkplain #hidesRows may hide rows}.
   */
  default String showAllRowsTo(String role) {
    throw new UnsupportedOperationException("no rows are hidden");
  }

  /** Returns the tables that a view reads and the role may not read; empty for a table. */
  default List<Table> unreadableBehind(HistoryPlace place) throws SQLException {
    return List.of();
  }

  /** Returns the catalog of the session's database. */
  static TableCatalog of(DatabaseSession session) {
    return session.dialect().catalog(session);
  }

  /**
   * Returns the values that a statement selects; the statement ends in an open list to which the
   * names are added.
   */
  static Set<String> withNames(
      DatabaseSession session, String sql, String schema, List<String> names) throws SQLException {
    List<String> parameters = new ArrayList<>(names.size() + 1);
    parameters.add(schema);
    parameters.addAll(names);
    Set<String> found = new HashSet<>();
    session.forEach(
        sql + "?, ".repeat(names.size() - 1) + "?)",
        parameters,
        row -> found.add(row.getString(1)));
    return found;
  }
}
