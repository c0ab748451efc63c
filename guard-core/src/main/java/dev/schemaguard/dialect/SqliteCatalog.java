// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQLite's own tables of tables. Every file has them, and they show everything. */
record SqliteCatalog(DatabaseSession session) implements TableCatalog {

  @Override
  public List<Schema> schemas() throws SQLException {
    return session.query(
        "SELECT name FROM pragma_database_list WHERE name <> 'temp'",
        List.of(),
        row -> new Schema(row.getString(1), true));
  }

  @Override
  public List<Table> tables(String name) throws SQLException {
    List<Table> tables = new ArrayList<>();
    for (Schema schema : schemas()) {
      for (String table : names(schema.name(), "IN ('table', 'view')")) {
        if (table.equalsIgnoreCase(name)) {
          tables.add(new Table(schema.name(), table, true));
        }
      }
    }
    return tables;
  }

  @Override
  public List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema)
      throws SQLException {
    List<TableColumns> tables = new ArrayList<>();
    for (Schema each : schemas()) {
      if (schema == null || schema.equals(each.name())) {
        for (String table : names(each.name(), "IN ('table', 'view')")) {
          Set<String> names = columns(each.name(), table);
          if (!Collections.disjoint(names, columns)) {
            tables.add(new TableColumns(new Table(each.name(), table, true), names));
          }
        }
      }
    }
    return tables;
  }

  private Set<String> columns(String schema, String table) throws SQLException {
    return new HashSet<>(
        session.query(
            "SELECT lower(name) FROM pragma_table_info(?, ?)",
            List.of(table, schema),
            row -> row.getString(1)));
  }

  /** Returns the tables that are present. SQLite ignores letter case. */
  @Override
  public Set<String> present(String schema, List<String> names) throws SQLException {
    Set<String> present = new HashSet<>();
    for (String table : names(schema, "IN ('table', 'view')")) {
      for (String name : names) {
        if (table.equalsIgnoreCase(name)) {
          present.add(name);
        }
      }
    }
    return present;
  }

  @Override
  public List<String> tablesIn(String schema) throws SQLException {
    return names(schema, "= 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'");
  }

  private List<String> names(String schema, String type) throws SQLException {
    return session.query(
        "SELECT name FROM " + session.quoted(schema) + ".sqlite_master WHERE type " + type,
        List.of(),
        row -> row.getString(1));
  }

  @Override
  public boolean isComplete(String schema) {
    return true;
  }
}
