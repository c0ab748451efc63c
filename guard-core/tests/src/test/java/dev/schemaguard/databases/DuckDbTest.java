// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * DuckDB, whose databases are files without roles, and whose driver reports errors without codes.
 */
@Tag("full")
class DuckDbTest extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path folder;

  DuckDbTest() {
    super(TestedDatabase.DUCKDB);
  }

  @Override
  TestDatabase database() {
    return new TestDatabase("jdbc:duckdb:" + file(), "", "");
  }

  private static Path file() {
    return folder.resolve("test" + COUNT.incrementAndGet() + ".db");
  }

  @Override
  DataSource powerless(TestDatabase fresh) {
    return null;
  }

  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  @Test
  void aHistoryInAnotherSchemaIsNoFreshDatabase() throws SQLException {
    TestDatabase database = database();
    database.execute("CREATE SCHEMA orders");
    new ToolRun(Tool.FLYWAY, database).flyway(2).in("orders").migrate();

    assertThat(check(database.dataSource(), HistoryLocation.DEFAULT).problem().code())
        .isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    HistoryLocation orders = new HistoryLocation("orders", null, null);
    assertThat(check(database.dataSource(), orders).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    HistoryLocation mistyped = new HistoryLocation("mistyped", null, null);
    assertThat(check(database.dataSource(), mistyped).problem().code())
        .isEqualTo("GUARD-UNREADABLE-SCHEMA");
  }

  private static MigrationStatus check(DataSource dataSource, HistoryLocation location) {
    return guard(dataSource, Tool.FLYWAY, location, "1\n2").check();
  }

  @Test
  void aHistoryInAnAttachedFileIsNotThatOfThisOne() throws SQLException {
    Path other = file();
    TestDatabase migrated = new TestDatabase("jdbc:duckdb:" + other, "", "");
    new ToolRun(Tool.FLYWAY, migrated).at(2);
    TestDatabase database = database();
    DataSource attached =
        SimpleDataSource.of(
            () -> {
              Connection connection = database.dataSource().getConnection();
              try (Statement statement = connection.createStatement()) {
                statement.execute("ATTACH IF NOT EXISTS '" + other + "' AS other (READ_ONLY)");
              }
              return connection;
            });

    assertThat(check(attached, HistoryLocation.DEFAULT).problem().code())
        .isEqualTo("GUARD-UNINITIALIZED");
  }

  @Test
  void aFileThatIsOpenedReadOnlyTakesNoMigration() throws SQLException, IOException {
    TestDatabase database = database();
    new ToolRun(Tool.FLYWAY, database).at(2);
    Path file = Path.of(database.url().substring("jdbc:duckdb:".length()));
    byte[] before = Files.readAllBytes(file);
    DataSource readOnly =
        SimpleDataSource.of(
            () -> {
              Properties properties = new Properties();
              properties.setProperty("duckdb.read_only", "true");
              return DriverManager.getConnection(database.url(), properties);
            });

    assertThat(check(readOnly, HistoryLocation.DEFAULT).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    Preflight preflight =
        guard(readOnly, Tool.FLYWAY, HistoryLocation.DEFAULT, "1\n2\n3").preflight();
    assertThat(preflight.exitCode()).as(preflight.toString()).isEqualTo(13);
    assertThat(preflight.reason()).contains("opened read-only");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void aFileThatIsNoDatabaseIsNotFresh() throws IOException {
    Path file = Files.writeString(file(), "no database, but long enough to be one".repeat(500));

    MigrationStatus status =
        check(
            new TestDatabase("jdbc:duckdb:" + file, "", "").dataSource(), HistoryLocation.DEFAULT);

    assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE-FILE");
  }

  @Test
  void theApplicationsTransactionStaysAsItIs() throws SQLException {
    TestDatabase database = database();
    database.execute("CREATE TABLE notes (id INT)");
    try (Connection shared = database.dataSource().getConnection();
        Statement statement = shared.createStatement()) {
      shared.setAutoCommit(false);
      statement.execute("INSERT INTO notes VALUES (1)");

      assertThat(
              check(SharedConnection.dataSource(shared), HistoryLocation.DEFAULT).problem().code())
          .isEqualTo("GUARD-UNINITIALIZED");

      statement.execute("INSERT INTO notes VALUES (2)");
      shared.commit();
    }
    assertThat(database.value("SELECT COUNT(*) FROM notes")).isEqualTo("2");
  }
}
