// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.tool.HistoryReaderContract.unreadable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading golang-migrate's table means on every database. */
abstract class GolangMigrateHistoryContract {

  private final HistoryReaderContract server;
  private TestDatabase database;
  private GolangMigrateRun run;

  /** On the server that Liquibase's contract is tried on. */
  GolangMigrateHistoryContract(HistoryReaderContract server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    database = server.database();
    run = new GolangMigrateRun(database, server.quoted("schema_migrations"));
  }

  @Nested
  class WhereTheTableIs {

    @Test
    void aFreshDatabaseIsProvenToHaveNoHistory() throws SQLException {
      assertThat(read()).isInstanceOf(Absent.class);
      assertThat(check("1").verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void aTableOfThatNameWithoutDirtyIsAnotherTools() throws SQLException {
      database.execute(
          "CREATE TABLE schema_migrations (version VARCHAR(255) NOT NULL PRIMARY KEY)");

      assertThat(unreadable(read(), Cause.COLUMN).why()).endsWith("has no column dirty");
    }

    @Test
    void aRoleThatMayNotReadItIsToldTheGrantThatItLacks() throws SQLException {
      run.at(1);
      DataSource role = server.powerless(database);
      Unreadable unreadable = unreadable(read(role), Cause.PERMISSION);

      database.execute(unreadable.actions().get(0));

      assertThat(guard(role, Tool.GOLANG_MIGRATE, "1").check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void severalRowsAreAShapeNobodyKnows() throws SQLException {
      run.at(1);
      run.insert(2, false);

      assertThat(unreadable(read(), Cause.SHAPE).why())
          .endsWith("row 2 is unexpected: golang-migrate keeps exactly one row");
    }

    @Test
    void aVersionBelowNoneIsAShapeNobodyKnows() throws SQLException {
      run.create();
      run.insert(-2, false);

      assertThat(unreadable(read(), Cause.SHAPE).why())
          .endsWith("has the version -2, which is none");
    }
  }

  @Nested
  class WhatTheRowSays {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "0, BEHIND, 0, 3",
      "1, BEHIND, 001, 2",
      "2, BEHIND, 2, 1",
      "30, UP_TO_DATE, 30, 0",
      "4, AHEAD_UNKNOWN, 4, 1",
      "31, AHEAD_UNKNOWN, 31, 0"
    })
    void isThatEverythingUpToTheVersionIsApplied(
        long version, Verdict verdict, String current, int pending) throws SQLException {
      run.at(version);

      MigrationStatus status =
          SchemaGuard.builder(database.dataSource())
              .matrix(
                  CompatibilityMatrix.builder()
                      .chain(RevisionChain.parse("001\n2\n30\n", "revisions.txt"))
                      .row("1.0", "30", verdict == Verdict.AHEAD_UNKNOWN ? "001" : "30", null)
                      .build())
              .applicationVersion("1.0")
              .environment(variable -> null)
              .build()
              .check();

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
      assertThat(status.pendingRevisions()).hasSize(pending);
      assertThat(status.tool()).isEqualTo("golang-migrate");
    }

    @Test
    void isAheadWhereItIsBeyondTheChain() throws SQLException {
      run.at(7);

      assertThat(check("1", "2").summary()).isEqualTo("Database is at 7, unknown to this version");
    }

    @Test
    void isNothingWhereThereIsNone() throws SQLException {
      run.create();
      assertThat(check("1").problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(check("1").problem().why()).endsWith("schema_migrations records no version");

      run.insert(-1, false);
      assertThat(check("1").problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
    }

    @Test
    void isBehindWithTheToolsOwnCommand() throws SQLException {
      run.at(1);

      assertThat(check("1", "2").problem().actions().get(0)).contains("(migrate up)");
    }
  }

  @Nested
  class ADirtyVersion {

    @Test
    void hasFailedWhereNobodyHoldsTheLock() throws SQLException {
      run.dirty(2);

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(status.failedRevisions()).containsExactly("2");
      assertThat(status.currentRevision()).isEqualTo("1");
      assertThat(status.pendingRevisions()).containsExactly("2", "3");
      assertThat(status.problem().actions().get(0)).contains("migrate force 1, or migrate force 2");
      assertThat(guard("1", "2").preflight().exitCode()).isEqualTo(5);
    }

    @Test
    void hasFailedBeyondTheChainToo() throws SQLException {
      run.dirty(9);

      MigrationStatus status = check("1", "2");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(status.failedRevisions()).containsExactly("9");
      assertThat(status.aheadRevisions()).containsExactly("9");
      assertThat(status.currentRevision()).isEqualTo("9");
      assertThat(status.survivable()).isTrue();
      assertThat(status.pendingRevisions()).isEmpty();
    }

    @ParameterizedTest(name = "{0} of a chain of {1}, at which {2} is expected: {3}")
    @CsvSource({
      "5, '1 2 3', 3, AHEAD_UNKNOWN, 5",
      "3, '1 2 4', 2, AHEAD_UNKNOWN, 3",
      "4, '1 2 3 4', 3, AHEAD_UNKNOWN, 4",
      "3, '1 2 3', 3, BEHIND, 2",
    })
    void isAheadWhileItRunsBeyondWhatIsExpected(
        long version, String chain, String expected, Verdict verdict, String current)
        throws SQLException {
      if (!run.canLock()) {
        return;
      }
      run.at(2);
      SchemaGuard guard = guardOfRow(chain.replace(' ', '\n'), expected);
      Verdict before = guard.check().verdict();
      run.dirty(version);
      Connection migrator = run.lock(server.currentSchema(database), false);
      try {
        MigrationStatus status = guard.check();
        assertThat(status.verdict()).isEqualTo(verdict);
        assertThat(status.currentRevision()).isEqualTo(current);
        assertThat(status.failedRevisions()).isEmpty();
        assertThat(status.migrationLock()).isNotNull();
        assertThat(guard.preflight().exitCode()).isEqualTo(verdict == Verdict.BEHIND ? 6 : 4);
        assertThat(guardOfRow(null, expected).check().verdict()).isEqualTo(verdict);
      } finally {
        migrator.close();
      }
      assertThat(guard.check().verdict()).isEqualTo(Verdict.FAILED);
      run.at(version);
      assertThat(guard.check().verdict())
          .isEqualTo(verdict == Verdict.BEHIND ? Verdict.UP_TO_DATE : verdict)
          .isNotEqualTo(before);
    }

    @Test
    void isNoFreshDatabaseWhereItIsThatOfNoVersion() throws SQLException {
      run.dirty(-1);

      MigrationStatus status = check("1");

      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(status.failedRevisions()).containsExactly("-1");
    }

    @Test
    void isStoodForByNoToken() throws SQLException {
      run.dirty(9);
      assertThat(((History) read()).changeToken()).isNull();

      run.at(9);
      assertThat(((History) read()).changeToken()).isEqualTo("at 9");
    }

    @Test
    void countsOnlyWhereItIsReadAgain() throws SQLException {
      run.dirty(2);
      DataSource moving = run.movingBeforeTheSecondReading(database.dataSource(), () -> run.at(2));
      assertThat(guard(moving, Tool.GOLANG_MIGRATE, "1", "2").check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);

      run.dirty(2);
      moving = run.movingBeforeTheSecondReading(database.dataSource(), () -> run.dirty(3));
      Preflight preflight = guard(moving, Tool.GOLANG_MIGRATE, "1", "2", "3").preflight();
      assertThat(preflight.status().verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(preflight.exitCode()).isEqualTo(6);
    }

    @Test
    void isReadAgainAlthoughTheConnectionRepeatsItsReads() throws SQLException {
      run.dirty(2);
      DataSource moving = run.movingBeforeTheSecondReading(database.dataSource(), run::end);
      DataSource repeating =
          SimpleDataSource.of(
              () -> {
                Connection connection = moving.getConnection();
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                return connection;
              });

      assertThat(guard(repeating, Tool.GOLANG_MIGRATE, "1", "2").check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest(name = "by URL: {0}")
    @ValueSource(booleans = {false, true})
    void runsWhereTheLockIsSeenHeld(boolean byUrl) throws SQLException {
      if (!run.canLock()) {
        return;
      }
      run.dirty(2);
      DataSource role = server.powerless(database);
      database.execute(unreadable(read(role), Cause.PERMISSION).actions().get(0));
      SchemaGuard reader = guard(role, Tool.GOLANG_MIGRATE, "1", "2");
      Connection migrator = run.lock(server.currentSchema(database), byUrl);
      try {
        MigrationStatus status = check("1", "2", "3");
        assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
        assertThat(status.failedRevisions()).isEmpty();
        assertThat(status.migrationLock().holder()).contains("session ");
        assertThat(status.migrationLock().stale()).isFalse();
        assertThat(guard("1", "2").preflight().exitCode()).isEqualTo(6);
        assertThat(check("1").verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
        assertThat(check("1").migrationLock()).isNotNull();
        assertThat(reader.check().verdict()).isEqualTo(Verdict.BEHIND);

        run.dirty(-1);
        assertThat(check("1").verdict()).isEqualTo(Verdict.BEHIND);
      } finally {
        migrator.close();
      }
      assertThat(check("1").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void isWaitedForOnlyWhereItsLockCannotBeSeen() throws SQLException {
      run.dirty(1);
      SchemaGuard guard = guard("1");

      MigrationStatus status =
          guard.await(
              Duration.ofSeconds(20),
              waiting -> {
                try {
                  run.at(1);
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });

      assertThat(status.verdict()).isEqualTo(run.canLock() ? Verdict.FAILED : Verdict.UP_TO_DATE);
    }
  }

  @Nested
  class WithoutAChain {

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
      "1, false, BEHIND",
      "2, false, BEHIND_COMPATIBLE",
      "4, false, UP_TO_DATE",
      "3, true, FAILED",
      "5, false, AHEAD_UNKNOWN"
    })
    void numbersAreCompared(long version, boolean dirty, Verdict verdict) throws SQLException {
      run.create();
      run.insert(version, dirty);

      assertThat(
              SchemaGuard.builder(database.dataSource())
                  .matrix(CompatibilityMatrix.builder().row("1.0", "004", "2", null).build())
                  .applicationVersion("1.0")
                  .environment(variable -> null)
                  .build()
                  .check()
                  .verdict())
          .isEqualTo(verdict);
    }
  }

  @Test
  void costsOneStatementOnceItIsKnown() throws SQLException {
    run.at(1);
    for (Tool tool : new Tool[] {Tool.GOLANG_MIGRATE, Tool.AUTO}) {
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      SchemaGuard guard = guard(recording.dataSource(), tool, "1");
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      recording.takeCalls();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      assertThat(recording.takeCalls()).singleElement().asString().contains("schema_migrations");
    }
  }

  private HistoryResult read() throws SQLException {
    return read(database.dataSource());
  }

  private static HistoryResult read(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Tools.reader(Tool.GOLANG_MIGRATE, HistoryLocation.DEFAULT)
          .read(new DatabaseSession(connection));
    }
  }

  /** The status for a chain of these lines; the tool is not named. */
  private MigrationStatus check(String... chain) {
    return guard(chain).check();
  }

  private SchemaGuard guard(String... chain) {
    return guard(database.dataSource(), Tool.AUTO, chain);
  }

  /** A guard that expects a revision of a chain, or of none. */
  private SchemaGuard guardOfRow(String chain, String expected) {
    CompatibilityMatrix.Builder matrix = CompatibilityMatrix.builder();
    if (chain != null) {
      matrix.chain(RevisionChain.parse(chain, "revisions.txt"));
    }
    return SchemaGuard.builder(database.dataSource())
        .matrix(matrix.row("1.0", expected, null, null).build())
        .applicationVersion("1.0")
        .tool(Tool.GOLANG_MIGRATE)
        .environment(variable -> null)
        .build();
  }

  private static SchemaGuard guard(DataSource dataSource, Tool tool, String... chain) {
    return SchemaGuard.builder(dataSource)
        .matrix(
            CompatibilityMatrix.ofChain(
                RevisionChain.parse(String.join("\n", chain), "revisions.txt")))
        .tool(tool)
        .environment(variable -> null)
        .build();
  }
}
