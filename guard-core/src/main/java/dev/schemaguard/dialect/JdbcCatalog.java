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

/**
 * The catalog from JDBC's metadata. Most databases show only what the role may read. A table that
 * the metadata shows without a schema is in {@link Dialect#NO_SCHEMAS} if the database has no
 * schemas, and else is ignored.
 */
record JdbcCatalog(DatabaseSession session) implements TableCatalog {

  @Override
  public List<Schema> schemas() throws SQLException {
    if (hasNoSchemas()) {
      return List.of(new Schema(Dialect.NO_SCHEMAS, true));
    }
    List<Schema> schemas = new ArrayList<>();
    try (ResultSet rows = metaData().getSchemas()) {
      while (rows.next()) {
        Schema schema = new Schema(rows.getString(1), true);
        // The schemas of another catalog may have the same names.
        if (!schemas.contains(schema)) {
          schemas.add(schema);
        }
      }
    }
    return schemas;
  }

  private boolean hasNoSchemas() throws SQLException {
    return Dialect.NO_SCHEMAS.equals(session.currentSchema());
  }

  private DatabaseMetaData metaData() throws SQLException {
    return session.connection().getMetaData();
  }

  private @Nullable String catalog() throws SQLException {
    return session.dialect().metadataCatalog(session.connection());
  }

  @Override
  public List<Table> tables(String name) throws SQLException {
    boolean noSchemas = hasNoSchemas();
    List<Table> tables = new ArrayList<>();
    // One wildcard per letter: the pattern matches the name in any letter case.
    try (ResultSet rows = metaData().getTables(catalog(), null, "_".repeat(name.length()), null)) {
      while (rows.next()) {
        String schema = schema(rows, noSchemas);
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
    DatabaseMetaData metaData = metaData();
    boolean noSchemas = hasNoSchemas();
    String pattern = schema == null ? null : schemaPattern(metaData, schema);
    Set<Table> having = new LinkedHashSet<>();
    for (String column : columns) {
      for (String spelt : List.of(column, column.toUpperCase(Locale.ROOT))) {
        try (ResultSet rows =
            metaData.getColumns(catalog(), pattern, "%", escaped(metaData, spelt))) {
          while (rows.next()) {
            String in = schema(rows, noSchemas);
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

  private Set<String> columns(DatabaseMetaData metaData, Table table) throws SQLException {
    Set<String> names = new HashSet<>();
    try (ResultSet rows =
        metaData.getColumns(
            catalog(),
            schemaPattern(metaData, table.schema()),
            escaped(metaData, table.name()),
            "%")) {
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
    DatabaseMetaData metaData = metaData();
    Set<String> present = new HashSet<>();
    for (String name : names) {
      try (ResultSet rows =
          metaData.getTables(
              catalog(), schemaPattern(metaData, schema), escaped(metaData, name), null)) {
        while (rows.next()) {
          if (isIn(schema, rows) && rows.getString("TABLE_NAME").equals(name)) {
            present.add(name);
          }
        }
      }
    }
    return present;
  }

  @Override
  public List<String> tablesIn(String schema) throws SQLException {
    DatabaseMetaData metaData = metaData();
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        metaData.getTables(
            catalog(),
            schemaPattern(metaData, schema),
            "%",
            new String[] {"TABLE", "BASE TABLE"})) {
      while (rows.next()) {
        if (isIn(schema, rows)) {
          names.add(rows.getString("TABLE_NAME"));
        }
      }
    }
    return names;
  }

  /** Compares the schema here, because not every database can escape the wildcards of a pattern. */
  private static boolean isIn(String schema, ResultSet row) throws SQLException {
    return schema.equals(schema(row, schema.equals(Dialect.NO_SCHEMAS)));
  }

  private static @Nullable String schema(ResultSet row, boolean noSchemas) throws SQLException {
    return noSchemas ? Dialect.NO_SCHEMAS : row.getString("TABLE_SCHEM");
  }

  private static @Nullable String schemaPattern(DatabaseMetaData metaData, String schema)
      throws SQLException {
    return schema.equals(Dialect.NO_SCHEMAS) ? null : escaped(metaData, schema);
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
  public boolean isComplete(String schema) throws SQLException {
    return session.dialect().showsAllTables(session, schema);
  }
}
