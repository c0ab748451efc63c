// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The database's own list of schemas and tables, asked only when the straight way failed. */
interface TableCatalog {

  /** A schema and whether the role may use it. */
  record Schema(String name, boolean usable) {}

  /** A table, or view, and whether the role may read it, as far as the catalog can say. */
  record Table(String schema, String name, boolean readable) {}

  /**
   * A table with its columns.
   *
   * @param columns the names of all its columns, in lower case
   */
  record TableColumns(Table table, Set<String> columns) {}

  /** All schemas. */
  List<Schema> schemas() throws SQLException;

  /** The names of all schemas. */
  default List<String> schemaNames() throws SQLException {
    List<String> names = new ArrayList<>();
    for (Schema schema : schemas()) {
      names.add(schema.name());
    }
    return names;
  }

  /** Every table of this name, in any schema and any letter case. */
  List<Table> tables(String name) throws SQLException;

  /**
   * The tables, or views, that have at least one of these columns, in any letter case.
   *
   * @param columns names in lower case
   * @param schema the schema to search; null: every schema that the catalog shows
   */
  List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema) throws SQLException;

  /** Those of {@code names} that are exactly the names of tables, or views, in a schema. */
  Set<String> present(String schema, List<String> names) throws SQLException;

  /** The names of the tables in a schema, views and what belongs to an extension left out. */
  List<String> tablesIn(String schema) throws SQLException;

  /**
   * Whether a table of a schema that is missing from {@link #tables} is proven not to exist: false
   * where the catalog hides what the role may not read.
   */
  boolean isComplete(String schema) throws SQLException;

  /** Whether the database may hide rows of a table from the role, by a policy. */
  default boolean hidesRows(HistoryPlace place) throws SQLException {
    return false;
  }

  /** The tables that a view reads and the role may not; empty for a table. */
  default List<Table> unreadableBehind(HistoryPlace place) throws SQLException {
    return List.of();
  }

  /** The catalog of the session's database. */
  static TableCatalog of(ReadSession session) {
    if (session.product().isPostgres()) {
      return new PostgresCatalog(session);
    }
    if (session.product().keepsSchemasAsCatalogs()) {
      return new MySqlCatalog(session);
    }
    return session.product().isSqlite() ? new SqliteCatalog(session) : new JdbcCatalog(session);
  }

  /** The values of a statement that ends in an open list of names. */
  static Set<String> withNames(ReadSession session, String sql, String schema, List<String> names)
      throws SQLException {
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
