// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.tool.HistoryReaderContract.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reading a table that settings describe means on every database. */
abstract class CustomHistoryTableContract {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final CustomHistoryTable PLAIN = CustomHistoryTable.of("steps", "step");
  private static final CustomHistoryTable STEPS =
      PLAIN.orderedBy("n").appliedWhen("state = 'ok'").failedWhen("state = 'broken'");

  private final HistoryReaderContract server;
  private TestDatabase database;

  /** On the server that Liquibase's contract is tried on. */
  CustomHistoryTableContract(HistoryReaderContract server) {
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
      assertThat(read(STEPS)).isInstanceOf(Absent.class);
      assertThat(check(STEPS).verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void aTableWithoutRowsIsAnEmptyHistory() throws SQLException {
      record();

      assertThat(check(STEPS).problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(check(STEPS).problem().why())
          .endsWithIgnoringCase("steps records no applied migration");
    }

    @Test
    void namesWithCapitalLettersAreMeantExactly() throws SQLException {
      database.execute(
          "CREATE TABLE %s (%s VARCHAR(20))"
              .formatted(server.quoted("__Steps"), server.quoted("StepId")),
          "INSERT INTO %s VALUES ('a')".formatted(server.quoted("__Steps")));

      assertThat(names(CustomHistoryTable.of("__Steps", "StepId"))).containsExactly("a");
    }

    @Test
    void columnsAreFoundInAnotherLetterCase() throws SQLException {
      record("1 a ok");

      assertThat(names(CustomHistoryTable.of("steps", "StEp"))).containsExactly("a");
    }

    @Test
    void aTableInAnotherSchemaThanTheCurrentOneIsNoFreshDatabase() throws SQLException {
      String schema = "elsewhere" + SCHEMAS.incrementAndGet();
      database.execute(
          "CREATE SCHEMA " + schema,
          "CREATE TABLE " + schema + ".steps (n INT, step VARCHAR(20), state VARCHAR(20))",
          "INSERT INTO " + schema + ".steps VALUES (1, 'a', 'ok')");

      assertThat(read(STEPS)).isInstanceOf(Absent.class);
      if (server.schemasBelongTogether()) {
        assertThat(candidates(STEPS))
            .extracting(candidate -> candidate.place().schema())
            .containsExactly(server.folded(schema));
        assertThat(candidates(CustomHistoryTable.of("steps", "other"))).isEmpty();
      }
      HistoryReader reader = Tools.reader(STEPS, new HistoryLocation(schema, null, null));
      try (Connection connection = database.dataSource().getConnection()) {
        History history = (History) reader.read(new DatabaseSession(connection));
        assertThat(history.entries()).extracting(HistoryEntry::name).containsExactly("a");
      }
    }

    @Test
    void aMissingColumnIsNamedWithTheSettings() throws SQLException {
      record("1 a ok");

      Unreadable unreadable =
          unreadable(read(CustomHistoryTable.of("steps", "stap").orderedBy("m")), Cause.COLUMN);

      assertThat(unreadable.why()).endsWith("has no column stap, m");
      assertThat(unreadable.actions().get(0)).contains("revision-column and order-column");
    }

    @Test
    void aRoleThatMayNotReadItIsToldTheGrantThatItLacks() throws SQLException {
      record("1 a ok", "2 b ok", "3 c ok");
      DataSource role = server.powerless(database);
      Unreadable unreadable = unreadable(read(role, STEPS), Cause.PERMISSION);

      database.execute(unreadable.actions().get(0));

      assertThat(guard(role, STEPS).check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aConditionThatTheDatabaseRefusesIsNamedAndNoGrant() throws SQLException {
      record("1 a ok");

      Unreadable unreadable = unreadable(read(STEPS.failedWhen("stated = 'broken'")), Cause.QUERY);

      assertThat(unreadable.why())
          .startsWith("the database refused the condition stated = 'broken' of the setting ")
          .contains("failed-when");
      assertThat(unreadable.actions().get(0)).contains("Correct the setting failed-when");
      assertThat(unreadable(read(STEPS.appliedWhen("(")), Cause.QUERY).why())
          .contains("condition ( of the setting applied-when");
      assertThat(unreadable(read(STEPS.rowsWhere("app = 'shop'")), Cause.QUERY).why())
          .contains("condition app = 'shop' of the setting rows-where");
    }
  }

  @Nested
  class WhatTheRowsSay {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "-",
        value = {
          "1 a ok, BEHIND, a",
          "1 a ok;2 b ok, BEHIND_COMPATIBLE, b",
          "1 a ok;2 b ok;3 c ok, UP_TO_DATE, c",
          "1 c ok;2 b ok;3 a ok, UP_TO_DATE, c",
          "1 a ok;2 c ok, BEHIND, c",
          "1 a ok;2 b ok;3 c ok;4 x ok, AHEAD_UNKNOWN, x",
          "1 x ok;2 a ok;3 b ok;4 c ok, AHEAD_UNKNOWN, x",
          "1 a ok;2 b ok;3 c broken, FAILED, b",
          "1 a ok;2 b ok;3 c ok;4 x broken, FAILED, c",
          "1 a broken;2 a ok;3 b ok;4 c ok, UP_TO_DATE, c",
          "1 a ok;2 b ok;3 c ok;4 c undone, BEHIND_COMPATIBLE, b",
          "1 a ok;2 b ok;3 c ok;4 b undone, BEHIND, c",
          "1 a ok;2 a undone;3 a ok;4 b ok, BEHIND_COMPATIBLE, b",
          "1 a ok;2 b ok;3 c ok;4 x undone, UP_TO_DATE, c",
          "1 x undone;2 x undone, UNINITIALIZED, -",
          "1 a undone;2 a ok;3 b -, BEHIND, a"
        })
    void isThatTheLatestOfEachCounts(String rows, Verdict verdict, String current)
        throws SQLException {
      record(rows.split(";", -1));

      MigrationStatus status = check(STEPS);

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
      assertThat(status.tool()).isEqualTo("table");
      assertThat(status.migrationLock()).isNull();
    }

    @Test
    void isComparedExactly() throws SQLException {
      record("1 A ok", "2 b ok", "3 c ok");

      assertThat(check(STEPS).aheadRevisions()).containsExactly("A");
      assertThat(check(STEPS).verdict()).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void isAheadAsFarAsTheMaximumAllows() throws SQLException {
      record("1 a ok", "2 b ok", "3 c ok");

      assertThat(guard("a", null, "c").check().verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(guard("a", null, "b").check().verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void isAppliedByEveryRowWhereNoConditionSaysOtherwise() throws SQLException {
      record("1 a ok", "2 b undone", "3 c broken");

      assertThat(check(PLAIN).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isNumbersInTheirOrderWhereNoColumnTellsAnother() throws SQLException {
      record("0 9 ok", "0 10 ok", "0 1 ok");
      assertThat(names(PLAIN)).containsExactly("1", "9", "10");

      record("0 9 ok", "0 10 ok", "0 1b ok");
      assertThat(names(PLAIN)).containsExactly("10", "1b", "9");
    }

    @Test
    void isANumberAsTheDatabaseWritesIt() throws SQLException {
      database.execute(
          "CREATE TABLE versions (version BIGINT)", "INSERT INTO versions VALUES (20240101120000)");
      CustomHistoryTable versions = CustomHistoryTable.of("versions", "version");

      assertThat(names(versions)).containsExactly("20240101120000");
      assertThat(guard(database.dataSource(), versions, "20240101120000").check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isTheSameInAColumnThatFillsUpWithBlanks() throws SQLException {
      database.execute(
          "CREATE TABLE padded (step CHAR(9))", "INSERT INTO padded VALUES ('a'), ('b'), ('c')");

      assertThat(check(CustomHistoryTable.of("padded", "step")).verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isNamedBySeveralColumnsJoinedByDots() throws SQLException {
      record("1 a ok", "2 b ok");

      assertThat(names(CustomHistoryTable.of("steps", "state", "step").orderedBy("n")))
          .containsExactly("ok.a", "ok.b");
    }

    @Test
    void isUnreadableWhereARowNamesNoMigrationOrHasNoPlace() throws SQLException {
      record("1 a ok", "2 - ok");
      assertThat(unreadable(read(STEPS), Cause.SHAPE).why()).endsWith("row 2 has no step");

      record("- a ok");
      assertThat(unreadable(read(STEPS), Cause.SHAPE).why()).endsWith("row 1 has no n");
      assertThat(names(PLAIN)).containsExactly("a");
    }

    @Test
    void cannotBeToldWhereRowsOfOnePlaceDisagree() throws SQLException {
      record("1 a ok", "1 a undone");
      assertThat(unreadable(read(STEPS), Cause.SHAPE).why())
          .contains("says otherwise of a than the row before");

      CustomHistoryTable withoutOrder = PLAIN.appliedWhen("state = 'ok'");
      record("1 a ok", "2 a undone");
      Unreadable unreadable = unreadable(read(withoutOrder), Cause.SHAPE);
      assertThat(unreadable.actions().get(0)).contains("the setting order-column");
      record("1 a ok", "2 a ok");
      assertThat(names(withoutOrder)).containsExactly("a", "a");
    }

    @Test
    void mayStillRunWhereItSaysThatItFailed() {
      assertThat(Tools.reader(STEPS, HistoryLocation.DEFAULT).grace())
          .isEqualTo(Duration.ofSeconds(60));
      assertThat(Tools.reader(PLAIN, HistoryLocation.DEFAULT).grace()).isEqualTo(Duration.ZERO);
    }
  }

  @Nested
  class WhichRowsAreThisApplications {

    private static final CustomHistoryTable SHOP = PLAIN.orderedBy("n").rowsWhere("state = 'shop'");

    @Test
    void theOthersAreAsIfAbsent() throws SQLException {
      record("1 a shop", "2 b shop", "3 a billing", "4 z billing", "5 c shop", "6 b sessions");

      assertThat(names(SHOP)).containsExactly("a", "b", "c");
      assertThat(check(SHOP).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      database.execute("DELETE FROM steps WHERE n = 5");
      assertThat(check(SHOP).pendingRevisions()).containsExactly("c");
    }

    @Test
    void theOthersTakeNothingBackAndFailNothing() throws SQLException {
      record("1 a ok", "2 b ok", "3 c ok", "4 c undone", "5 b broken");

      assertThat(check(STEPS.rowsWhere("n < 4")).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(check(STEPS.rowsWhere("n < 5 OR n = 6")).verdict())
          .isEqualTo(Verdict.BEHIND_COMPATIBLE);
      assertThat(check(STEPS).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void theOthersMayNameNoMigration() throws SQLException {
      record("1 a shop", "2 - billing", "- - billing");

      assertThat(names(SHOP)).containsExactly("a");
    }

    @Test
    void noneIsAnEmptyHistoryThatNamesTheCondition() throws SQLException {
      record("1 a billing", "2 b billing");

      MigrationStatus status = check(SHOP);

      assertThat(status.problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(status.problem().why())
          .startsWithIgnoringCase(
              "no row of steps satisfies the setting rows-where: state = 'shop'");
      assertThat(status.problem().actions().toString()).contains("check the setting rows-where");
    }

    @Test
    void theTokenIsThatOfTheirRowsAlone() throws SQLException {
      record("1 a shop", "2 b billing");
      HistoryReader reader = Tools.reader(SHOP, HistoryLocation.DEFAULT);
      try (Connection connection = database.dataSource().getConnection()) {
        DatabaseSession session = new DatabaseSession(connection);
        String token = ((History) reader.read(session)).changeToken();

        database.execute("INSERT INTO steps VALUES (3, 'z', 'billing')");
        assertThat(reader.changeToken(session)).hasValue(token);
        database.execute("INSERT INTO steps VALUES (4, 'b', 'shop')");
        assertThat(reader.changeToken(session).orElseThrow()).isNotEqualTo(token);
      }
    }
  }

  @Nested
  class TheNewestVersion {

    private static final CustomHistoryTable VERSION = PLAIN.holdingNewest();
    private static final String CHAIN = "2.3.0\n3.0.0\n3.1.0";

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "2.3.0, BEHIND, 2.3.0, 2, 0",
      "3.0.0, BEHIND_COMPATIBLE, 3.0.0, 1, 0",
      "3.1.0, UP_TO_DATE, 3.1.0, 0, 0",
      "4.0.0, AHEAD_UNKNOWN, 4.0.0, 0, 1",
      "4.0.0-alpha-1, AHEAD_UNKNOWN, 4.0.0-alpha-1, 0, 1",
      "3.0.5, AHEAD_UNKNOWN, 3.0.5, 1, 1",
      "2.9, BEHIND, 2.9, 2, 1",
      "1.0, BEHIND, 1.0, 3, 1",
      "nightly, AHEAD_UNKNOWN, nightly, 0, 1"
    })
    void isEverythingUpToItByTheChain(
        String version, Verdict verdict, String current, int pending, int ahead)
        throws SQLException {
      record("1 " + version + " ok");

      MigrationStatus status = guard(database.dataSource(), VERSION, CHAIN).check();

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
      assertThat(status.pendingRevisions()).hasSize(pending);
      assertThat(status.aheadRevisions()).hasSize(ahead);
      assertThat(status.summary()).doesNotContain("missing before");
    }

    @Test
    void isInTheOrderOfTheChainWhateverItsNamesAre() throws SQLException {
      record("1 b ok");
      assertThat(guard(database.dataSource(), VERSION, "c\nb\na").check().pendingRevisions())
          .containsExactly("a");
    }

    @Test
    void isFailedWhereTheConditionSaysSoAndEverythingBelowItIsApplied() throws SQLException {
      CustomHistoryTable dirty = VERSION.appliedWhen("state = 'ok'").failedWhen("state = 'broken'");
      record("1 3.1.0 broken");
      MigrationStatus failed = guard(database.dataSource(), dirty, CHAIN).check();
      assertThat(failed.verdict()).isEqualTo(Verdict.FAILED);
      assertThat(failed.failedRevisions()).containsExactly("3.1.0");
      assertThat(failed.pendingRevisions()).containsExactly("3.1.0");

      record("1 3.1.0 running");
      assertThat(guard(database.dataSource(), dirty, CHAIN).check().verdict())
          .isEqualTo(Verdict.BEHIND_COMPATIBLE);
      record("1 4.0.0 running");
      assertThat(guard(database.dataSource(), dirty, CHAIN).check().verdict())
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void isUnreadableWhereThereAreTwo() throws SQLException {
      record("1 3.0.0 ok", "2 3.1.0 ok");

      Unreadable unreadable = unreadable(read(VERSION), Cause.SHAPE);

      assertThat(unreadable.why()).contains("row 2 is unexpected: with rows-hold=newest");
      assertThat(unreadable.actions().get(0)).contains("the setting rows-where");
      assertThat(guard(database.dataSource(), VERSION.rowsWhere("n = 2"), CHAIN).check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isNoVersionWhereThereIsNoRow() throws SQLException {
      record();

      assertThat(check(VERSION).problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "2.3.0, BEHIND",
      "3.0.0, BEHIND_COMPATIBLE",
      "3.0.9, BEHIND_COMPATIBLE",
      "3.1.0, UP_TO_DATE",
      "4.0.0, AHEAD_UNKNOWN"
    })
    void isComparedAsAVersionWithoutAChain(String version, Verdict verdict) throws SQLException {
      record("1 " + version + " ok");

      assertThat(withoutChain(VERSION).check().verdict()).isEqualTo(verdict);
    }

    @Test
    void needsAChainWhereItCannotBeOrdered() throws SQLException {
      record("1 nightly ok");

      assertThatThrownBy(() -> withoutChain(VERSION).check())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("cannot be ordered against");
    }

    @Test
    void isUndoneByTheToolsOwnCommand() throws SQLException {
      record("1 4.0.0 ok");

      Preflight preflight = guard(database.dataSource(), VERSION, CHAIN).preflight();

      assertThat(preflight.exitCode()).isEqualTo(4);
      assertThat(preflight.rollback().undo()).extracting(Undo::revision).containsExactly("4.0.0");
      assertThat(preflight.rollback().notes().toString()).contains("your tool's own command");
    }

    private SchemaGuard withoutChain(CustomHistoryTable table) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.builder().row("1.0", "3.1.0", "3.0.0", null).build())
          .applicationVersion("1.0")
          .customTable(table)
          .environment(variable -> null)
          .build();
    }
  }

  @Test
  void withoutAChainWhatWasRecordedAfterExpectedIsAhead() throws SQLException {
    record("1 a ok", "2 c ok", "3 b ok");
    CompatibilityMatrix row = CompatibilityMatrix.builder().row("1.0", "c", "a", null).build();

    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(row)
            .applicationVersion("1.0")
            .customTable(STEPS)
            .environment(variable -> null)
            .build()
            .check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(status.aheadRevisions()).containsExactly("b");
  }

  @Test
  void theTokenIsThatOfTheReadingUntilAnyRowMoves() throws SQLException {
    for (CustomHistoryTable table : List.of(STEPS, PLAIN)) {
      record("1 a ok", "2 b ok");
      HistoryReader reader = Tools.reader(table, HistoryLocation.DEFAULT);
      try (Connection connection = database.dataSource().getConnection()) {
        DatabaseSession session = new DatabaseSession(connection);
        History history = (History) reader.read(session);
        assertThat(reader.changeToken(session)).hasValue(history.changeToken());

        database.execute("UPDATE steps SET step = 'a2' WHERE n = 1");

        assertThat(reader.changeToken(session).orElseThrow()).isNotEqualTo(history.changeToken());
      }
    }
  }

  @Test
  void costsOneStatementFromTheFirstOn() throws SQLException {
    record("1 a ok", "2 b ok", "3 c ok");
    RecordingDataSource recording = new RecordingDataSource(database.dataSource());
    SchemaGuard guard = guard(recording.dataSource(), STEPS);
    assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(recording.takeCalls()).filteredOn(call -> call.contains("FROM")).hasSize(1);

    assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

    assertThat(recording.takeCalls()).singleElement().asString().containsIgnoringCase("steps");
  }

  /** Makes the table anew with rows such as {@code 1 a ok}; a dash is null. */
  private void record(String... rows) throws SQLException {
    database.execute(
        "DROP TABLE IF EXISTS steps",
        "CREATE TABLE steps (n INT, step VARCHAR(20), state VARCHAR(20))");
    for (String row : rows) {
      String values = "'" + row.replace(" ", "', '") + "'";
      database.execute("INSERT INTO steps VALUES (" + values.replace("'-'", "NULL") + ")");
    }
  }

  private List<HistoryCandidate> candidates(CustomHistoryTable table) throws SQLException {
    HistoryReader reader = Tools.reader(table, HistoryLocation.DEFAULT);
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      return ((SearchingReader) reader)
          .surroundings(session, reader.read(session).place())
          .candidates();
    }
  }

  private HistoryResult read(CustomHistoryTable table) throws SQLException {
    return read(database.dataSource(), table);
  }

  private static HistoryResult read(DataSource dataSource, CustomHistoryTable table)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Tools.reader(table, HistoryLocation.DEFAULT).read(new DatabaseSession(connection));
    }
  }

  private List<String> names(CustomHistoryTable table) throws SQLException {
    return ((History) read(table))
        .entries().stream()
            .filter(entry -> entry.outcome() == Outcome.APPLIED)
            .map(HistoryEntry::name)
            .toList();
  }

  private MigrationStatus check(CustomHistoryTable table) {
    return guard(database.dataSource(), table).check();
  }

  private static SchemaGuard guard(DataSource dataSource, CustomHistoryTable table) {
    return guard(dataSource, table, "a\nb\nc");
  }

  /** Expects all of a chain and the second line at least. */
  private static SchemaGuard guard(DataSource dataSource, CustomHistoryTable table, String chain) {
    String[] lines = chain.split("\n", -1);
    return SchemaGuard.builder(dataSource)
        .matrix(
            CompatibilityMatrix.builder()
                .chain(RevisionChain.parse(chain, "revisions.txt"))
                .row("1.0", lines[lines.length - 1], lines[Math.min(1, lines.length - 1)], null)
                .build())
        .applicationVersion("1.0")
        .customTable(table)
        .environment(variable -> null)
        .build();
  }

  private SchemaGuard guard(String expected, String min, String max) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(
            CompatibilityMatrix.builder()
                .chain(RevisionChain.parse("a\nb\nc", "revisions.txt"))
                .row("1.0", expected, min, max)
                .build())
        .applicationVersion("1.0")
        .tool(Tool.TABLE)
        .customTable(STEPS)
        .environment(variable -> null)
        .build();
  }
}
