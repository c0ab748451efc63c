// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SQLite, whose databases are files without roles and with one schema. */
class SqliteTest extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path folder;

  SqliteTest() {
    super(TestedDatabase.SQLITE);
  }

  @Override
  TestDatabase database() {
    return new TestDatabase("jdbc:sqlite:" + file(COUNT.incrementAndGet()), "", "");
  }

  private static Path file(int number) {
    return folder.resolve("test" + number + ".db");
  }

  @Override
  DataSource powerless(TestDatabase fresh) {
    return null;
  }

  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  @ParameterizedTest
  @MethodSource("tools")
  void aFileThatMayOnlyBeReadIsEnough(Tool tool) throws SQLException, IOException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(tool, database);
    run.at(2);
    Path file = Path.of(database.url().substring("jdbc:sqlite:".length()));
    byte[] before = Files.readAllBytes(file);
    DataSource readOnly = database.withUrl(database.url() + "?open_mode=1").dataSource();

    assertThat(guard(readOnly, tool, HistoryLocation.DEFAULT, run.chain(2)).check().verdict())
        .isEqualTo(Verdict.UP_TO_DATE);

    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mode=ro", "immutable=1", "cache=private&mode=ro"})
  void aFileThatIsOpenedReadOnlyTakesNoMigration(String parameters) throws SQLException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(Tool.LIQUIBASE, database);
    run.at(1);
    String file = database.url().replace("sqlite:", "sqlite:file:");
    DataSource readOnly = database.withUrl(file + "?" + parameters).dataSource();

    Preflight preflight =
        guard(readOnly, Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(2)).preflight();
    assertThat(preflight.exitCode()).as(preflight.toString()).isEqualTo(13);
    assertThat(preflight.reason())
        .startsWith("the server takes no writes")
        .contains(parameters.replaceFirst(".*&", "") + " in the URL");
    assertThat(
            guard(readOnly, Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(1))
                .preflight()
                .exitCode())
        .isZero();
  }

  @Test
  void aFileThatOnlyTheDriverOpensReadOnlyIsNoted() throws SQLException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(Tool.LIQUIBASE, database);
    run.at(1);
    DataSource readOnly = database.withUrl(database.url() + "?open_mode=1").dataSource();

    Preflight preflight =
        guard(readOnly, Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(2)).preflight();
    assertThat(preflight.exitCode()).as(preflight.toString()).isZero();
    assertThat(preflight.status().notes()).anyMatch(note -> note.contains("set to read-only"));
    assertThat(
            guard(database.dataSource(), Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(2))
                .preflight()
                .status()
                .notes())
        .noneMatch(note -> note.contains("read-only"));
  }

  @Test
  void aFileThatSomebodyElseHasLockedIsNoFreshDatabase() throws SQLException {
    TestDatabase database = database();
    new ToolRun(Tool.LIQUIBASE, database).at(1);
    DataSource impatient = database.withUrl(database.url() + "?busy_timeout=10").dataSource();
    try (Connection writer = database.dataSource().getConnection();
        Statement statement = writer.createStatement()) {
      statement.execute("BEGIN EXCLUSIVE");

      for (Tool tool : List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.AUTO)) {
        assertThat(guard(impatient, tool, HistoryLocation.DEFAULT, "1").check().verdict())
            .isIn(Verdict.UNREADABLE, Verdict.UNREACHABLE);
      }
    }
  }

  /** As golang-migrate wrote before it handed over values as parameters. */
  @ParameterizedTest
  @CsvSource({"true, GUARD-FAILED", "false, GUARD-BEHIND", "maybe, GUARD-UNREADABLE-SHAPE"})
  void aDirtyVersionMayBeAWord(String dirty, String problem) throws SQLException {
    TestDatabase database = database();
    database.execute(
        "CREATE TABLE schema_migrations (version uint64,dirty bool)",
        "INSERT INTO schema_migrations (version, dirty) VALUES (1, '" + dirty + "')");

    assertThat(
            guard(database.dataSource(), Tool.AUTO, HistoryLocation.DEFAULT, "1\n2")
                .check()
                .problem()
                .code())
        .isEqualTo(problem);
  }

  @Test
  void aRivalInAnotherLetterCaseIsFound() throws SQLException {
    TestDatabase database = database();
    new ToolRun(Tool.LIQUIBASE, database).at(1);
    new ToolRun(Tool.FLYWAY, database).flyway(1).table("FLYWAY_SCHEMA_HISTORY").baseline("1");

    assertThat(
            guard(database.dataSource(), Tool.AUTO, HistoryLocation.DEFAULT, "1")
                .check()
                .problem()
                .code())
        .isEqualTo("GUARD-UNREADABLE-TOOL");
  }

  @Test
  void aHistoryInAnAttachedFileIsNotThatOfThisOne() throws SQLException {
    TestDatabase other = database();
    new ToolRun(Tool.FLYWAY, other).at(1);
    DataSource attached = attaching(database(), other);

    assertThat(guard(attached, Tool.FLYWAY, HistoryLocation.DEFAULT, "1").check().problem().code())
        .isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    assertThat(
            guard(attached, Tool.FLYWAY, new HistoryLocation("other", null, null), "1")
                .check()
                .verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  private static DataSource attaching(TestDatabase database, TestDatabase other) {
    return SimpleDataSource.of(
        () -> {
          Connection connection = database.dataSource().getConnection();
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                "ATTACH '%s' AS other".formatted(other.url().replaceFirst("jdbc:sqlite:", "")));
          }
          return connection;
        });
  }
}
