// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@code information_schema} of MySQL and MariaDB, which shows everything that the role has any
 * right on. It is queried by SQL, because a driver treats a database as a catalog or as a schema
 * depending on its URL ({@code databaseTerm}, {@code useCatalogTerm}).
 */
record MySqlCatalog(DatabaseSession session) implements TableCatalog {

  private static final int ASSUMED_ROWS = 25;

  @Override
  public List<Schema> schemas() throws SQLException {
    return session.query(
        "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA ORDER BY SCHEMA_NAME",
        List.of(),
        row -> new Schema(row.getString(1), true));
  }

  @Override
  public List<Table> tables(String name) throws SQLException {
    return session.query(
        "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            + " WHERE LOWER(TABLE_NAME) = ? ORDER BY TABLE_SCHEMA, TABLE_NAME",
        List.of(name.toLowerCase(Locale.ROOT)),
        row -> new Table(row.getString(1), row.getString(2), true));
  }

  /**
   * Searches one schema only, because MariaDB would open the tables of all the others one by one.
   */
  @Override
  public List<TableColumns> tablesWith(Set<String> columns, @Nullable String schema)
      throws SQLException {
    Map<String, Set<String>> byTable = new LinkedHashMap<>();
    session.forEach(
        "SELECT TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS"
            + " WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME",
        Arrays.asList(schema),
        row ->
            byTable
                .computeIfAbsent(row.getString(1), table -> new HashSet<>())
                .add(row.getString(2).toLowerCase(Locale.ROOT)));
    List<TableColumns> tables = new ArrayList<>();
    byTable.forEach(
        (table, names) -> {
          if (schema != null && !Collections.disjoint(names, columns)) {
            tables.add(new TableColumns(new Table(schema, table, true), names));
          }
        });
    return tables;
  }

  @Override
  public Set<String> present(String schema, List<String> names) throws SQLException {
    Set<String> present =
        TableCatalog.withNames(
            session,
            "SELECT TABLE_NAME FROM information_schema.TABLES"
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME IN (",
            schema,
            names);
    present.retainAll(names);
    return present;
  }

  @Override
  public List<String> tablesIn(String schema) throws SQLException {
    return session.query(
        "SELECT TABLE_NAME FROM information_schema.TABLES"
            + " WHERE TABLE_SCHEMA = ? AND TABLE_TYPE <> 'VIEW' ORDER BY TABLE_NAME",
        List.of(schema),
        row -> row.getString(1));
  }

  /**
   * {@inheritDoc}
   *
   * <p>The number of rows would cost a look into every table, and is assumed. In MariaDB the
   * question itself does, so there is no answer.
   */
  @Override
  public List<SizedTable> sizedTables(List<String> schemas, List<String> names)
      throws SQLException {
    if (session.dbms().equals("mariadb")) {
      return List.of();
    }
    StructureFilter filter = new StructureFilter("TABLE_SCHEMA", "TABLE_NAME", schemas, names);
    List<SizedTable> tables = new ArrayList<>();
    session.forEach(
        "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE = 'BASE TABLE'"
            + " FROM information_schema.TABLES WHERE "
            + filter.sql(),
        filter.parameters(),
        row -> {
          // The names are compared without regard to letter case.
          if (names.contains(row.getString(2))) {
            tables.add(
                new SizedTable(
                    row.getString(1), row.getString(2), row.getBoolean(3), ASSUMED_ROWS));
          }
        });
    return tables;
  }

  @Override
  public boolean isComplete(String schema) {
    return false;
  }
}
