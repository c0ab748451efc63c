// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.tool.HistoryReaderContract.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading Flyway's history means on every database, and how a tool is found. */
abstract class FlywayHistoryContract {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final String TABLE = "flyway_schema_history";

  /** Fails everywhere; PostgreSQL runs it outside of a transaction that would undo the record. */
  private static final String BROKEN = "DROP INDEX CONCURRENTLY nowhere";

  private final HistoryReaderContract server;
  private TestDatabase database;

  /** On the server that Liquibase's contract is tried on. */
  FlywayHistoryContract(HistoryReaderContract server) {
    this.server = server;
  }

  @BeforeEach
  void createDatabase() {
    database = server.database();
  }

  @Nested
  class WhereTheTableIs {

    @Test
    void aFreshDatabaseIsProvenToHaveNoHistory() throws SQLException {
      assertThat(read(HistoryLocation.DEFAULT)).isEqualTo(new Absent(place(TABLE)));
      assertThat(check("1").problem().code()).isEqualTo("GUARD-UNINITIALIZED");
    }

    @Test
    void aTableAndASchemaOfAnyNameAreRead() throws SQLException {
      String schema = "Order-History" + SCHEMAS.incrementAndGet();
      run("V1__first").in(schema).table("Our_History").migrate();

      assertThat(versions(new HistoryLocation(schema, "Our_History", null))).containsExactly("1");
    }

    @Test
    void aSchemaThatFlywayMadeHoldsNothingBeforeTheFirstMigration() throws SQLException {
      String schema = "stock" + SCHEMAS.incrementAndGet();
      run().in(schema).migrate();

      MigrationStatus status =
          guard(database.dataSource(), Tool.FLYWAY, new HistoryLocation(schema, null, null), "1")
              .check();

      assertThat(status.problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(status.problem().why()).endsWith("records no versioned migration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLYWAY", "AUTO"})
    void aHistoryInAnotherSchemaThanTheDefaultOneIsNotAFreshDatabase(Tool tool)
        throws SQLException {
      run("V1__first").in("stock" + SCHEMAS.incrementAndGet()).migrate();

      MigrationStatus status =
          guard(database.dataSource(), tool, HistoryLocation.DEFAULT, "1").check();

      if (server.schemasBelongTogether()) {
        assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
        assertThat(status.problem().why()).contains(TABLE);
      } else {
        assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"FLYWAY", "AUTO"})
    void aRoleThatMayNotReadItIsToldTheGrantThatItLacks(Tool tool) throws SQLException {
      run("V1__first").migrate();
      DataSource role = server.powerless(database);
      Unreadable unreadable =
          unreadable(
              read(role, Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT)), Cause.PERMISSION);

      database.execute(unreadable.actions().get(0));

      assertThat(guard(role, tool, HistoryLocation.DEFAULT, "1").check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Nested
  class WhatTheTableLooksLike {

    @Test
    void columnsThatSayNothingOfIdentityOrderOrSuccessAreNotNeeded() throws SQLException {
      run("V1__first", "V2__second").migrate();
      for (String column : List.of("description", "script", "installed_on")) {
        dropColumn(column);
      }

      assertThat(versions(HistoryLocation.DEFAULT)).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"installed_rank", "version", "type", "success"})
    void aMissingRequiredColumnIsNamed(String column) throws SQLException {
      run("V1__first").migrate();
      database.execute(
          "CREATE TABLE loose AS SELECT * FROM " + table(),
          "DROP TABLE " + table(),
          "ALTER TABLE loose RENAME TO " + table());
      dropColumn(column);

      Unreadable unreadable = unreadable(read(HistoryLocation.DEFAULT), Cause.COLUMN);

      assertThat(unreadable.why()).endsWith("has no column " + column);
    }

    @Test
    void aVersionThatIsNoneIsAShapeNobodyKnows() throws SQLException {
      run("V1__first").migrate();
      insert(7, "next", "SQL", true);

      assertThat(unreadable(read(HistoryLocation.DEFAULT), Cause.SHAPE).why())
          .endsWith("has the version 'next', which is none");
    }
  }

  @Nested
  class WhatTheRowsSay {

    @Test
    void aMigrationIsItsVersionAndARepeatableOneIsNone() throws SQLException {
      run("V001__first", "V1_10__second", "V2.0__third", "R__views").migrate();

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(
              HistoryEntry::name,
              HistoryEntry::shortName,
              HistoryEntry::outcome,
              HistoryEntry::comment)
          .containsExactly(
              tuple("1", "001", Outcome.APPLIED, "first"),
              tuple("1.10", "1.10", Outcome.APPLIED, "second"),
              tuple("2", "2.0", Outcome.APPLIED, "third"));
      MigrationStatus status = check("1.0", "1_10\talias=second", "02");
      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.currentRevision()).isEqualTo("02");
    }

    @Test
    void whatIsNotAppliedIsPending() {
      run("V1__first", "V2__second").target("1").migrate();

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(status.summary()).isEqualTo("2 pending migration(s): 1 → 3");
      assertThat(status.problem().actions().toString()).contains("flyway migrate");
    }

    @ParameterizedTest
    @CsvSource({
      "V13__requires-app_0.6.0_drop_x, 0.6.0, AHEAD_COMPATIBLE",
      "V13__requires-app_0.6.0_drop_x, 0.5.9, AHEAD_INCOMPATIBLE",
      "V13__requires-app_0_6_0_drop_x, 0.6.0, AHEAD_UNKNOWN",
      "V13__requires-app_orders_0.6.0_drop_x, 0.6.0, AHEAD_COMPATIBLE",
      "V13__requires-app_orders_0.6.0_drop_x, 0.5.9, AHEAD_INCOMPATIBLE",
      "V13__requires-app_billing_0.6.0_drop_x, 0.5.9, AHEAD_UNKNOWN",
      "V13__requires-app_orders_0_6_0_drop_x, 0.6.0, AHEAD_UNKNOWN",
      "V13__drop_x, 0.6.0, AHEAD_UNKNOWN",
      "B13__requires-app_0.6.0_base, 0.5.9, AHEAD_INCOMPATIBLE"
    })
    void aDescriptionMayBeAFloorMarker(String script, String version, Verdict verdict) {
      run("V1__first", "V2__second", script).migrate();

      assertThat(
              SchemaGuard.builder(database.dataSource())
                  .matrix(matrix("1", "2"))
                  .applicationName("orders")
                  .applicationVersion(version)
                  .environment(variable -> null)
                  .build()
                  .check()
                  .verdict())
          .isEqualTo(verdict);
    }

    @Test
    void aMigrationOfTheChainBeyondWhatIsExpectedIsAhead() {
      run("V1__first", "V002__second").migrate();

      MigrationStatus status =
          SchemaGuard.builder(database.dataSource())
              .matrix(
                  CompatibilityMatrix.builder()
                      .chain(RevisionChain.parse("1\n2\n", "revisions.txt"))
                      .row("1.0", "001", null, null)
                      .build())
              .applicationVersion("1.0")
              .environment(variable -> null)
              .build()
              .check();

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(status.aheadRevisions()).containsExactly("2");
    }

    @Test
    void aFailureStaysOneUntilItIsRepaired() {
      FlywayRun run = run("V1__first").script("V2__second", BROKEN);
      run.migrateInVain();

      MigrationStatus status = check("1", "2");
      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(status.failedRevisions()).containsExactly("2");
      assertThat(status.problem().actions().toString()).contains("flyway repair");

      run.repair();
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.BEHIND);
      run.script("V2__second", "SELECT 2").migrate();
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aFailedRepeatableMigrationIsAFailureUntilItIsRepaired() {
      FlywayRun run = run("V1__first").script("R__views", BROKEN);
      run.migrateInVain();

      MigrationStatus status = check("1");
      assertThat(status.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(status.failedRevisions()).containsExactly("R__views.sql");

      run.script("R__views", "SELECT 2").repair();
      run.migrate();
      assertThat(check("1").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void anOlderMigrationThatCameLateIsNoGapAndNotAhead() {
      FlywayRun run = run("V1__first", "V3__third");
      run.migrate();
      MigrationStatus status = check("1", "2", "3");
      assertThat(status.problem().code()).isEqualTo("GUARD-BEHIND-GAP");
      assertThat(status.problem().actions().toString()).contains("outOfOrder");

      run.script("V2__second", "SELECT 2").outOfOrder().migrate();

      assertThat(check("1", "2", "3").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @CsvSource({
      "0.5, BEHIND, , 3",
      "1, BEHIND, 1, 2",
      "2.0, BEHIND, 2, 1",
      "2.5, BEHIND, 2, 1",
      "03, UP_TO_DATE, 3, 0",
      "3.1, AHEAD_UNKNOWN, 3.1, 0"
    })
    void aBaselineIsEverythingUpToIt(String version, Verdict verdict, String current, int pending) {
      run().baseline(version);

      MigrationStatus status = check("1", "2", "3");

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
      assertThat(status.pendingRevisions()).hasSize(pending);
    }

    @Test
    void aBaselineBetweenTwoLinesIsNothingByItself() {
      run().baseline("1.5");
      run("V2__second").migrate();

      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UNDO_SQL", "UNDO_JDBC", "UNDO_SCRIPT", "DELETE"})
    void whatWasUndoneOrDeletedIsNotAppliedUntilItIsAppliedAgain(String type) throws SQLException {
      run("V1__first", "V2__second").migrate();
      insert(10, "2", type, true);
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(check("1").verdict()).isEqualTo(Verdict.UP_TO_DATE);

      insert(11, "2", "SQL", true);
      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void whatFlywayNotesAboutItselfIsNoRevision() throws SQLException {
      run("V1__first").migrate();
      insert(10, "0", "SCHEMA", true);
      insert(11, "2", "TABLE", true);

      assertThat(versions(HistoryLocation.DEFAULT)).containsExactly("1");
    }

    @Test
    void anUndoThatFailedIsAFailure() throws SQLException {
      run("V1__first").migrate();
      insert(10, "1", "UNDO_SQL", false);

      assertThat(check("1").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void whatFlywayItselfDeletesIsNotApplied() throws SQLException {
      FlywayRun run = run("V1__first", "V2__second", "V3__third");
      run.migrate();

      run.without("V2__second").repair();

      assertThat(
              database.rows(
                  "SELECT 1 FROM %s WHERE %s = 'DELETE'".formatted(table(), server.quoted("type"))))
          .hasSize(1);
      assertThat(check("1", "2", "3").problem().code()).isEqualTo("GUARD-BEHIND-GAP");
    }
  }

  @Nested
  class TheChangeToken {

    private final HistoryReader reader = Tools.reader(Tool.AUTO, HistoryLocation.DEFAULT);
    private String last;

    @Test
    void isThatOfTheReadingUntilFlywayMovesSomething() throws SQLException {
      FlywayRun run = run("V1__first");
      run.migrate();
      assertIsThatOfTheReading();

      run.script("V2__second", BROKEN).migrateInVain();
      assertHasMoved();
      run.repair();
      assertHasMoved();
      insert(10, "1", "UNDO_SQL", true);
      assertHasMoved();
    }

    private void assertIsThatOfTheReading() throws SQLException {
      last = ((History) read(reader)).changeToken();
      assertThat(token()).hasValue(last);
    }

    private void assertHasMoved() throws SQLException {
      assertThat(token().orElseThrow()).isNotEqualTo(last);
      assertIsThatOfTheReading();
    }

    private Optional<String> token() throws SQLException {
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      try (Connection connection = recording.dataSource().getConnection()) {
        Optional<String> token = reader.changeToken(new DatabaseSession(connection));
        assertThat(recording.takeCalls()).singleElement().asString().contains("SELECT COUNT(*)");
        return token;
      }
    }
  }

  @Nested
  class TheLock {

    private final List<MigrationStatus> seen = new ArrayList<>();

    private final List<Integer> exitCodes = new ArrayList<>();

    @ParameterizedTest(name = "by session: {0}")
    @ValueSource(booleans = {false, true})
    void isSeenWhileAMigrationRunsWhereItIsTheDatabasesOwn(boolean bySession) throws SQLException {
      run("V1__first").migrate();
      DataSource role = server.powerless(database);
      database.execute(
          unreadable(
                  read(role, Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT)), Cause.PERMISSION)
              .actions()
              .get(0));
      FlywayRun run = run("V1__first");
      (bySession ? run.lockingBySession() : run)
          .working(
              "2",
              () -> {
                look();
                seen.add(guard(role, Tool.FLYWAY, HistoryLocation.DEFAULT, "1", "2").check());
              })
          .migrate();

      assertThat(seen).extracting(MigrationStatus::verdict).containsOnly(Verdict.BEHIND);
      if (server.showsLocks()) {
        assertThat(seen)
            .extracting(MigrationStatus::migrationLock)
            .allMatch(lock -> lock.holder().contains("session ") && !lock.stale());
        assertThat(seen.get(0).problem().actions().toString()).contains("by ending its session");
        assertThat(exitCodes).containsExactly(6);
      } else {
        assertThat(seen).extracting(MigrationStatus::migrationLock).containsOnlyNulls();
        assertThat(exitCodes).containsExactly(0);
      }
      assertThat(guard("1", "2").checkWithLock().migrationLock()).isNull();
      assertThat(guard("1", "2").preflight().exitCode()).isZero();
    }

    @Test
    void isThatOfTheTableAndNotAnotherOne() {
      run("V1__first").migrate();
      run().table("another").baseline("1");
      run("V1__first").table("another").working("2", this::look).migrate();

      assertThat(seen).extracting(MigrationStatus::migrationLock).containsOnlyNulls();
    }

    @Test
    void isARowOnADatabaseWithoutALockOfItsOwn() throws SQLException {
      run("V1__first", "V2__second").migrate();
      String quote = server.quoted("").substring(1);
      FlywayRun.lockedByRow(
          database.dataSource(),
          table(),
          quote,
          () -> {
            assertThat(versions(HistoryLocation.DEFAULT)).containsExactly("1", "2");
            assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
            Preflight preflight = guard("1", "2").preflight();
            assertThat(preflight.exitCode()).isEqualTo(6);
            MigrationLock lock = preflight.status().migrationLock();
            assertThat(lock.text()).matches("held by Flyway since \\S+T\\S+ \\(the database's .*");
            assertThat(lock.age()).isBetween(Duration.ofMinutes(-1), Duration.ofMinutes(1));
            assertThat(lock.stale()).isFalse();

            MigrationStatus behind = check("1", "2", "3");
            assertThat(behind.verdict()).isEqualTo(Verdict.BEHIND);
            assertThat(behind.problem().actions().get(0)).startsWith("wait for the migration");
            assertThat(behind.problem().actions().get(1)).contains("flyway migrate itself removes");

            run("V1__first", "V2__second").migrate();
            assertThat(guard("1", "2").preflight().exitCode()).isEqualTo(6);
          });
      assertThat(guard("1", "2").preflight().exitCode()).isZero();
    }

    @Test
    void isARowThatWasNotRenewedForLongerThanTimeZonesDiffer() throws SQLException {
      run("V1__first").migrate();
      lockByRow("2001-02-03 04:05:06");

      MigrationStatus status = check("1", "2");

      assertThat(status.migrationLock().stale()).isTrue();
      assertThat(status.migrationLock().since()).isEqualTo("2001-02-03T04:05:06");
      assertThat(status.problem().actions().get(0))
          .contains("is stale: make sure that no migration runs")
          .contains("flyway migrate itself removes");
    }

    @Test
    void isARowInATableWithoutMigrations() throws SQLException {
      run("V1__first").migrate();
      database.execute("DELETE FROM " + table());
      lockByRow("2001-02-03 04:05:06");

      assertThat(check("1").problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(guard("1").preflight().exitCode()).isEqualTo(6);
    }

    @Test
    void isNoMigrationOfThatName() throws SQLException {
      run("V1__first", "V2__flyway-lock").migrate();

      assertThat(check("1", "2").verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard("1", "2").preflight().exitCode()).isZero();
    }

    @Test
    void movesTheTokenWhereItIsARow() throws SQLException {
      run("V1__first").migrate();
      HistoryReader reader = Tools.reader(Tool.FLYWAY, HistoryLocation.DEFAULT);
      lockByRow("2001-02-03 04:05:06");

      try (Connection connection = database.dataSource().getConnection()) {
        DatabaseSession session = new DatabaseSession(connection);
        String token = ((History) reader.read(session)).changeToken();
        assertThat(reader.changeToken(session)).hasValue(token);
        database.execute("DELETE FROM %s WHERE %s < 0".formatted(table(), rank()));
        assertThat(reader.changeToken(session).orElseThrow()).isNotEqualTo(token);
      }
    }

    private void lockByRow(String renewed) throws SQLException {
      insert(-100, "3f2a9c0d1e4b5a6978877665544332ab", "", true);
      database.execute(
          "UPDATE %s SET %s = 'flyway-lock', %s = TIMESTAMP '%s' WHERE %s = -100"
              .formatted(
                  table(),
                  server.quoted("description"),
                  server.quoted("installed_on"),
                  renewed,
                  rank()));
    }

    private String rank() {
      return server.quoted("installed_rank");
    }

    private void look() {
      seen.add(check("1", "2"));
      exitCodes.add(guard("1", "2").preflight().exitCode());
    }
  }

  @Nested
  class TheTool {

    @ParameterizedTest
    @ValueSource(strings = {"FLYWAY", "AUTO"})
    void costsOneStatementOnceItIsKnown(Tool tool) {
      run("V1__first").migrate();
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      SchemaGuard guard = guard(recording.dataSource(), tool, HistoryLocation.DEFAULT, "1");
      MigrationStatus first = guard.check();
      assertThat(first.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(first.tool()).isEqualTo("flyway");
      recording.takeCalls();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      assertThat(recording.takeCalls()).singleElement().asString().contains(TABLE);
    }

    @Test
    void isLiquibaseWhereItsTableIsAlone() throws SQLException {
      liquibase("a").update();

      assertThat(names(Tool.AUTO, HistoryLocation.DEFAULT)).containsExactly("a");
    }

    @Test
    void isNotGuessedWhereBothKeepAHistory() throws SQLException {
      run("V1__first").migrate();
      liquibase("1").update();

      Unreadable unreadable =
          unreadable(read(Tools.reader(Tool.AUTO, HistoryLocation.DEFAULT)), Cause.TOOL);

      assertThat(unreadable.why()).containsIgnoringCase("databasechangelog (liquibase)");
      assertThat(unreadable.why()).contains(TABLE + " (flyway)");
      assertThat(unreadable.actions().get(0)).contains("--tool liquibase or --tool flyway");
      assertThat(names(Tool.LIQUIBASE, HistoryLocation.DEFAULT)).containsExactly("1");
      assertThat(names(Tool.FLYWAY, HistoryLocation.DEFAULT)).containsExactly("1");
      assertThat(check("1").problem().code()).isEqualTo("GUARD-UNREADABLE-TOOL");
      assertThat(check("1").tool()).isNull();
    }

    @Test
    void isTheOneWhoseRowsAreInTheChainWhereAnotherApplicationUsesTheOther() throws SQLException {
      run("V1__first").migrate();
      liquibase("a").update();

      assertThat(check("1").verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(check("1").tool()).isEqualTo("flyway");
      assertThat(check("a").verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(check("a").tool()).isEqualTo("liquibase");
    }

    @Test
    void isNotKnownBeforeThereIsAHistory() throws SQLException {
      Absent absent = (Absent) read(Tools.reader(Tool.AUTO, HistoryLocation.DEFAULT));

      assertThat(absent.place().table())
          .isEqualTo(
              server.folded("DATABASECHANGELOG")
                  + " or "
                  + TABLE
                  + " or "
                  + server.folded("alembic_version")
                  + " or schema_migrations");
      assertThat(check("1").tool()).isNull();
      assertThat(check("1").verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void isFoundAgainWhereAnotherTookOver() throws SQLException {
      liquibase("a").update();
      SchemaGuard guard =
          guard(database.dataSource(), Tool.AUTO, HistoryLocation.DEFAULT, "a\tretired", "1");
      assertThat(guard.check().tool()).isEqualTo("liquibase");

      database.execute("DROP TABLE " + server.quoted(server.folded("DATABASECHANGELOG")));
      FlywayRun.of(database.dataSource()).baseline("1");

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.check().tool()).isEqualTo("flyway");
    }

    @Test
    void isToldByTheColumnsOfATableWithANameOfItsOwn() throws SQLException {
      HistoryLocation ours = new HistoryLocation(null, "our_history", null);
      run("V1__first").table("our_history").migrate();

      assertThat(names(Tool.AUTO, ours)).containsExactly("1");

      database = server.database();
      liquibase("a").tables("our_history", "our_lock").update();
      assertThat(names(Tool.AUTO, ours)).containsExactly("a");
    }
  }

  private FlywayRun run(String... scripts) {
    return FlywayRun.of(database.dataSource(), scripts);
  }

  private LiquibaseRun liquibase(String... ids) {
    return HistoryReaderContract.run(database, ids);
  }

  private HistoryResult read(HistoryLocation location) throws SQLException {
    return read(Tools.reader(Tool.FLYWAY, location));
  }

  private HistoryResult read(HistoryReader reader) throws SQLException {
    return read(database.dataSource(), reader);
  }

  private static HistoryResult read(DataSource dataSource, HistoryReader reader)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return reader.read(new DatabaseSession(connection));
    }
  }

  private List<HistoryEntry> entries(HistoryLocation location) throws SQLException {
    HistoryResult reading = read(location);
    assertThat(reading).isInstanceOf(History.class);
    return ((History) reading).entries();
  }

  private List<String> versions(HistoryLocation location) throws SQLException {
    return entries(location).stream().map(HistoryEntry::name).toList();
  }

  private List<String> names(Tool tool, HistoryLocation location) throws SQLException {
    return HistoryReaderContract.ids(read(Tools.reader(tool, location)));
  }

  /** The status for a chain of these lines; the tool is not named. */
  private MigrationStatus check(String... chain) {
    return guard(chain).check();
  }

  private SchemaGuard guard(String... chain) {
    return guard(database.dataSource(), Tool.AUTO, HistoryLocation.DEFAULT, chain);
  }

  private static SchemaGuard guard(
      DataSource dataSource, Tool tool, HistoryLocation location, String... chain) {
    return SchemaGuard.builder(dataSource)
        .matrix(matrix(chain))
        .tool(tool)
        .history(location)
        .environment(variable -> null)
        .build();
  }

  private static CompatibilityMatrix matrix(String... chain) {
    return CompatibilityMatrix.ofChain(
        RevisionChain.parse(String.join("\n", chain), "revisions.txt"));
  }

  private HistoryPlace place(String table) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new HistoryPlace(
          "flyway", new DatabaseSession(connection).dbms(), server.currentSchema(database), table);
    }
  }

  private String table() {
    return server.quoted(TABLE);
  }

  private void dropColumn(String column) throws SQLException {
    database.execute("ALTER TABLE %s DROP COLUMN %s".formatted(table(), server.quoted(column)));
  }

  /** Writes what an edition of Flyway that is not free would write, as flyway-core lays it out. */
  private void insert(int rank, String version, String type, boolean success) throws SQLException {
    List<String> columns =
        List.of(
            "installed_rank",
            "version",
            "description",
            "type",
            "script",
            "installed_by",
            "execution_time",
            "success");
    database.execute(
        "INSERT INTO %s (%s) VALUES (%d, '%s', 'by hand', '%s', 'U.sql', 'tester', 1, %s)"
            .formatted(
                table(),
                String.join(", ", columns.stream().map(server::quoted).toList()),
                rank,
                version,
                type,
                success));
  }
}
