// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.ColumnTypes;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.Filling;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import dev.schemaguard.structure.Table;
import dev.schemaguard.structure.TableName;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.StructureFile;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Random tables are changed at random. If the comparison finds nothing that this version lacks, an
 * INSERT that names every column of the file, with the longest and greatest values of their types,
 * must succeed, and a SELECT must return these values.
 */
class StructurePropertyTest {

  private static final long SEED = 22;
  private static final int ON_POSTGRES = 300;
  private static final int ON_MYSQL = 100;
  private static final int MOST_CHANGES = 4;

  private String dbms;
  private boolean postgres;
  private Connection connection;
  private int intact;
  private int broken;

  @Test
  void nothingCalledIntactFailsOnPostgres() throws SQLException {
    run("postgresql", Postgres.database(), ON_POSTGRES);
  }

  @RequiresMariaDb
  @Test
  void nothingCalledIntactFailsOnMariaDb() throws SQLException {
    run("mariadb", MariaDb.database(), ON_MYSQL);
  }

  @RequiresMySql
  @Test
  void nothingCalledIntactFailsOnMySql() throws SQLException {
    run("mysql", MySql.database(), ON_MYSQL);
  }

  @Test
  void everyTypeThatFitsTakesEveryValueOnPostgres() throws SQLException {
    tryTypes("postgresql", Postgres.database(), RandomType.POSTGRES);
  }

  @RequiresMariaDb
  @Test
  void everyTypeThatFitsTakesEveryValueOnMariaDb() throws SQLException {
    tryTypes("mariadb", MariaDb.database(), RandomType.MYSQL);
  }

  @RequiresMySql
  @Test
  void everyTypeThatFitsTakesEveryValueOnMySql() throws SQLException {
    tryTypes("mysql", MySql.database(), RandomType.MYSQL);
  }

  /** Inserts the extreme values of each type into a column of each type that fits. */
  private void tryTypes(String product, TestDatabase database, List<RandomType> types)
      throws SQLException {
    dbms = product;
    postgres = product.equals("postgresql");
    try (Connection opened = database.dataSource().getConnection()) {
      connection = opened;
      for (String sql : new RandomTables(new Random(SEED), postgres).types()) {
        execute(sql);
      }
      for (int i = 0; i < types.size(); i++) {
        execute("CREATE TABLE p" + i + " (c " + types.get(i).sql() + ")");
      }
      List<FileTable> tables = StructureFile.of(structure("public")).tables();
      int fitting = 0;
      for (FileTable needed : tables) {
        for (FileTable found : tables) {
          Column column = needed.columns().get(0).column();
          String actual = found.columns().get(0).column().type();
          if (ColumnTypes.of(dbms).fits(column.type(), actual)) {
            fitting++;
            put(column, found.name().name(), column.type() + " in " + actual + ": ");
          }
        }
      }
      assertThat(fitting).isGreaterThan(types.size());
    }
  }

  private void put(Column column, String table, String story) throws SQLException {
    for (boolean greatest : new boolean[] {true, false}) {
      String sql = insert(table, List.of(column), greatest);
      try {
        execute(sql);
        assertThat(value(count(table, column, greatest))).as(story + sql).isEqualTo("1");
        execute("DELETE FROM " + table);
      } catch (SQLException e) {
        throw new AssertionError(story + sql, e);
      }
    }
  }

  private void run(String product, TestDatabase database, int schemas) throws SQLException {
    dbms = product;
    postgres = product.equals("postgresql");
    int count = Repetitions.of(schemas);
    try (Connection opened = database.dataSource().getConnection()) {
      connection = opened;
      for (int i = 0; i < count; i++) {
        trial(new Random(SEED * 1_000 + i), "s" + i);
      }
    }
    // Otherwise the test would try nothing.
    assertThat(intact).isGreaterThan(count / 10);
    assertThat(broken).isGreaterThan(count / 10);
  }

  private void trial(Random random, String schema) throws SQLException {
    execute("CREATE SCHEMA " + schema);
    execute(postgres ? "SET search_path = " + schema : "USE " + schema);
    RandomTables tables = new RandomTables(random, postgres);
    List<String> statements = new ArrayList<>();
    for (String sql : tables.create()) {
      attempt(sql, statements);
    }
    SchemaFile file = StructureFile.of(structure(schema));
    for (int i = random.nextInt(MOST_CHANGES + 1); i > 0; i--) {
      for (String sql : tables.change()) {
        attempt(sql, statements);
      }
    }
    DatabaseStructure now = structure(schema);
    String story = "schema " + schema + "\n" + String.join(";\n", statements) + "\n" + file.text();
    // One by one, because a change of one table would hide what is wrong with another.
    for (FileTable table : file.tables()) {
      compare(table, now, schema, story);
    }
    execute("DROP SCHEMA " + schema + (postgres ? " CASCADE" : ""));
  }

  private void compare(FileTable table, DatabaseStructure now, String schema, String story)
      throws SQLException {
    String own = postgres ? schema : null;
    StructureDifference difference =
        StructureComparison.of(
            new SchemaFile("test", List.of(), List.of(table)),
            now,
            dbms,
            each -> false,
            false,
            own);
    if (difference.isEmpty()) {
      intact++;
      use(table, now.tables().get(new TableName(own, table.name().name())), story);
    } else {
      broken++;
    }
  }

  private DatabaseStructure structure(String schema) throws SQLException {
    DatabaseSession session = new DatabaseSession(connection);
    return session
        .dialect()
        .structure()
        .orElseThrow()
        .read(session, postgres ? List.of(schema) : List.of(), null);
  }

  /** Runs a statement, and notes it unless the database refuses it. */
  private void attempt(String sql, List<String> statements) {
    try {
      execute(sql);
      statements.add(sql);
    } catch (SQLException e) {
      statements.add("-- " + sql);
    }
  }

  private void use(FileTable table, Table now, String story) throws SQLException {
    List<Column> columns = table.columns().stream().map(FileColumn::column).toList();
    List<Column> insertable =
        columns.stream().filter(column -> column.filling().acceptsValues()).toList();
    List<Column> required =
        columns.stream()
            .filter(column -> column.notNull() && column.filling() == Filling.NONE)
            .toList();
    String name = table.name().name();
    String sql = "SELECT " + names(columns, ", ") + " FROM " + name;
    try {
      execute(sql);
      if (table.view()) {
        return;
      }
      // First, because the greatest value of an AUTO_INCREMENT leaves no next one.
      if (!now.view()) {
        sql = insert(name, required, false);
        execute(sql);
        for (FileKey key : postgres ? table.keys() : List.<FileKey>of()) {
          execute("DELETE FROM " + name);
          sql =
              insert(name, required, false)
                  + (" ON CONFLICT (" + String.join(", ", key.key().columns()) + ") DO NOTHING");
          execute(sql);
        }
        execute("DELETE FROM " + name);
      }
      if (insertable.isEmpty()) {
        return;
      }
      for (boolean greatest : new boolean[] {true, false}) {
        sql = insert(name, insertable, greatest);
        execute(sql);
        for (Column column : insertable) {
          sql = count(name, column, greatest);
          assertThat(value(sql)).as(story + sql).isEqualTo("1");
        }
        sql = "DELETE FROM " + name;
        execute(sql);
      }
    } catch (SQLException e) {
      throw new AssertionError(story + sql.substring(0, Math.min(500, sql.length())), e);
    }
  }

  private RandomType type(Column column) {
    return RandomTables.typeOf(postgres ? RandomType.POSTGRES : RandomType.MYSQL, column.type());
  }

  /** The value, as what a driver sends if the application binds one of the file's type. */
  private String literal(Column column, boolean greatest) {
    RandomType type = type(column);
    // Zero means the next number to an AUTO_INCREMENT.
    boolean zero = !postgres && column.filling() == Filling.IDENTITY;
    String value = greatest ? type.greatest() : zero ? "1" : type.least();
    return postgres ? "CAST(" + value + " AS " + type.sql() + ")" : value;
  }

  private String insert(String table, List<Column> columns, boolean greatest) {
    if (columns.isEmpty()) {
      return "INSERT INTO " + table + (postgres ? " DEFAULT VALUES" : " () VALUES ()");
    }
    return columns.stream()
        .map(column -> literal(column, greatest))
        .collect(
            Collectors.joining(
                ", ", "INSERT INTO " + table + " (" + names(columns, ", ") + ") VALUES (", ")"));
  }

  /** Counts the rows that have the value that was inserted, as a value of the file's type. */
  private String count(String table, Column column, boolean greatest) {
    String literal = literal(column, greatest);
    String start = "SELECT COUNT(*) FROM " + table + " WHERE ";
    // A type of fixed length would have added or removed blanks, which a comparison ignores.
    String length =
        column.type().matches("(character varying|varchar|text).*[^\\]]")
            ? "octet_length(" + column.name() + ") = octet_length(" + literal + ") AND "
            : "";
    if (postgres) {
      String type = type(column).sql();
      return start
          + length
          + ("CAST(CAST(" + column.name() + " AS " + type + ") AS text) = CAST(")
          + (literal + " AS text)");
    }
    boolean exact = !column.type().matches("(float|double|bit|year|char|json).*");
    return start + length + (exact ? column.name() + " = " + literal : "1 = 1");
  }

  private static String names(List<Column> columns, String separator) {
    return columns.stream().map(Column::name).collect(Collectors.joining(separator));
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
