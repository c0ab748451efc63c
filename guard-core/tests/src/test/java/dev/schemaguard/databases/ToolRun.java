// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Migrations 1, 2, 3 of one tool in one database: by Liquibase and Flyway themselves, by the
 * statements that Alembic and golang-migrate document.
 */
record ToolRun(Tool tool, TestDatabase database) {

  private static final String CHANGELOG = "db/changelog.xml";

  /** The table of a tool that is known by its table alone. */
  static final CustomHistoryTable CUSTOM = CustomHistoryTable.of("app_migrations", "version");

  /** A statement that changes nothing. Derby and HSQLDB have no SELECT without a table. */
  private String nothing() {
    if (isFirebird()) {
      return "SELECT 1 FROM RDB$DATABASE";
    }
    return database.url().startsWith("jdbc:mysql:") ? "SELECT 1" : "VALUES (1)";
  }

  private boolean isFirebird() {
    return database.url().startsWith("jdbc:firebird");
  }

  /** The chain up to a migration. */
  String chain(int last) {
    return IntStream.rangeClosed(1, last)
        .mapToObj(n -> tool == Tool.LIQUIBASE ? CHANGELOG + "::" + n + "::tester" : "" + n)
        .collect(Collectors.joining("\n"));
  }

  /** Applies the first {@code last} migrations to a database without any. */
  void at(int last) throws SQLException {
    switch (tool) {
      case LIQUIBASE -> liquibase(last).update();
      case FLYWAY -> flyway(last).migrate();
      case ALEMBIC ->
          database.execute(
              "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
                  + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
              "INSERT INTO alembic_version (version_num) VALUES ('" + last + "')");
      case GOLANG_MIGRATE -> golangMigrate().at(last);
      case TABLE -> {
        database.execute("CREATE TABLE app_migrations (version VARCHAR(20) NOT NULL PRIMARY KEY)");
        for (int version = 1; version <= last; version++) {
          database.execute("INSERT INTO app_migrations (version) VALUES ('" + version + "')");
        }
      }
      case AUTO -> throw new IllegalArgumentException();
    }
  }

  /** Liquibase with the first {@code last} migrations. */
  LiquibaseRun liquibase(int last) {
    return LiquibaseRun.ofXml(
        database.dataSource(),
        CHANGELOG,
        IntStream.rangeClosed(1, last)
            .mapToObj(
                n ->
                    "<changeSet id=\"%d\" author=\"tester\"><sql>%s</sql></changeSet>%n"
                        .formatted(n, nothing()))
            .collect(Collectors.joining()));
  }

  /** Flyway with the first {@code last} migrations. */
  FlywayRun flyway(int last) {
    FlywayRun run = FlywayRun.of(database.dataSource());
    IntStream.rangeClosed(1, last).forEach(n -> run.script("V" + n + "__step", nothing()));
    return run;
  }

  private GolangMigrateRun golangMigrate() {
    return new GolangMigrateRun(database, quoted("schema_migrations"));
  }

  /** Applies the first migration, and fails at the second. */
  void failAtTheSecond() throws SQLException {
    switch (tool) {
      case LIQUIBASE -> {
        at(2);
        // Liquibase itself records a failure only where a changeset may fail.
        database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ID = '2'");
      }
      case FLYWAY -> {
        if (database.url().startsWith("jdbc:duckdb:")) {
          at(2);
          // Flyway itself takes the record of a failure back with the migration's transaction.
          database.execute(
              "UPDATE \"flyway_schema_history\" SET \"success\" = FALSE WHERE \"version\" = '2'");
        } else {
          flyway(1).failing("2").migrateInVain();
        }
      }
      case GOLANG_MIGRATE -> golangMigrate().dirty(2);
      case ALEMBIC, AUTO, TABLE -> throw new IllegalArgumentException();
    }
  }

  /**
   * Does {@code work} while the tool holds the lock that it has here, with one migration applied.
   */
  void locked(Runnable work) throws SQLException {
    at(1);
    switch (tool) {
      case LIQUIBASE -> liquibase(1).locked(work);
      case FLYWAY -> flyway(1).working("2", work).migrate();
      case GOLANG_MIGRATE -> {
        Connection holder =
            golangMigrate().canLock() ? golangMigrate().lock("public", false) : null;
        work.run();
        if (holder != null) {
          holder.close();
        }
      }
      case ALEMBIC, AUTO, TABLE -> throw new IllegalArgumentException();
    }
  }

  /** The table of the history, as SQL spells it. */
  String table() {
    return switch (tool) {
      case LIQUIBASE -> "DATABASECHANGELOG";
      case FLYWAY -> quoted("flyway_schema_history");
      case ALEMBIC -> "alembic_version";
      case GOLANG_MIGRATE -> quoted("schema_migrations");
      case TABLE -> "app_migrations";
      case AUTO -> throw new IllegalArgumentException();
    };
  }

  /** Drops a column that defines what the table says, and that nothing depends on. */
  String dropNeededColumn() {
    String column =
        switch (tool) {
          case LIQUIBASE -> "EXECTYPE";
          case FLYWAY -> quoted("type");
          case GOLANG_MIGRATE -> "dirty";
          case ALEMBIC, AUTO, TABLE -> throw new IllegalArgumentException();
        };
    return "ALTER TABLE " + table() + " DROP " + (isFirebird() ? "" : "COLUMN ") + column;
  }

  private String quoted(String name) {
    String mark = database.url().matches("jdbc:(mariadb|mysql):.*") ? "`" : "\"";
    return mark + name + mark;
  }
}
