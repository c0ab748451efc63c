// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalog from JDBC's metadata. Most databases show only what the role may read. */
record JdbcCatalog(DatabaseSession session) implements TableCatalog {

  @Override
  public List<Schema> schemas() throws SQLException {
    List<Schema> schemas = new ArrayList<>();
    try (ResultSet rows = session.connection().getMetaData().getSchemas()) {
      while (rows.next()) {
        schemas.add(new Schema(rows.getString(1), true));
      }
    }
    return schemas;
  }

  @Override
  public List<Table> tables(String name) throws SQLException {
    DatabaseMetaData metaData = session.connection().getMetaData();
    List<Table> tables = new ArrayList<>();
    // One wildcard per letter: the pattern matches the name in any letter case.
    try (ResultSet rows = metaData.getTables(null, null, "_".repeat(name.length()), null)) {
      while (rows.next()) {
        String schema = rows.getString("TABLE_SCHEM");
        String table = rows.getString("TABLE_NAME");
        if (schema != null && table.equalsIgnoreCase(name)) {
          tables.add(new Table(schema, table, true));
        }
      }
    }
    return tables;
  }

  @Override
  public List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema)
      throws SQLException {
    DatabaseMetaData metaData = session.connection().getMetaData();
    String pattern = schema == null ? null : escaped(metaData, schema);
    Set<Table> having = new LinkedHashSet<>();
    for (String column : columns) {
      for (String spelt : List.of(column, column.toUpperCase(Locale.ROOT))) {
        try (ResultSet rows = metaData.getColumns(null, pattern, "%", escaped(metaData, spelt))) {
          while (rows.next()) {
            String in = rows.getString("TABLE_SCHEM");
            if (in != null && (schema == null || in.equals(schema))) {
              having.add(new Table(in, rows.getString("TABLE_NAME"), true));
            }
          }
        }
      }
    }
    List<TableColumns> tables = new ArrayList<>();
    for (Table table : having) {
      tables.add(new TableColumns(table, columns(metaData, table)));
    }
    return tables;
  }

  private static Set<String> columns(DatabaseMetaData metaData, Table table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet rows =
        metaData.getColumns(
            null, escaped(metaData, table.schema()), escaped(metaData, table.name()), "%")) {
      while (rows.next()) {
        if (isIn(table.schema(), rows) && table.name().equals(rows.getString("TABLE_NAME"))) {
          names.add(rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }

  @Override
  public Set<String> present(String schema, List<String> names) throws SQLException {
    DatabaseMetaData metaData = session.connection().getMetaData();
    Set<String> present = new HashSet<>();
    for (String name : names) {
      try (ResultSet rows =
          metaData.getTables(null, escaped(metaData, schema), escaped(metaData, name), null)) {
        while (rows.next()) {
          if (isIn(schema, rows) && rows.getString("TABLE_NAME").equals(name)) {
            present.add(name);
          }
        }
      }
    }
    return present;
  }

  /** Compares the schema here, because not every database can escape the wildcards of a pattern. */
  private static boolean isIn(String schema, ResultSet row) throws SQLException {
    return schema.equals(row.getString("TABLE_SCHEM"));
  }

  private static String escaped(DatabaseMetaData metaData, String name) throws SQLException {
    String escape = metaData.getSearchStringEscape();
    return escape == null || escape.isEmpty()
        ? name
        : name.replace(escape, escape + escape)
            .replace("_", escape + "_")
            .replace("%", escape + "%");
  }

  @Override
  public List<String> tablesIn(String schema) throws SQLException {
    DatabaseMetaData metaData = session.connection().getMetaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        metaData.getTables(
            null, escaped(metaData, schema), "%", new String[] {"TABLE", "BASE TABLE"})) {
      while (rows.next()) {
        if (isIn(schema, rows)) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
    }
    return names;
  }

  @Override
  public boolean isComplete(String schema) throws SQLException {
    return session.dialect().showsAllTables(session, schema);
  }
}
