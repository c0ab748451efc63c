// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

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
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reading Liquibase's history means on every database. */
abstract class HistoryReaderContract {

  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final String PATH = "db/changelog/orders.xml";

  private TestDatabase database;

  /** A fresh database. */
  abstract TestDatabase database();

  /** The schema in which its connections are. */
  abstract String currentSchema(TestDatabase fresh);

  /** How it spells {@code name} so that letter case is kept. */
  String quoted(String name) {
    return '"' + name + '"';
  }

  /** How it spells a name that is not quoted. */
  abstract String folded(String name);

  /** Connections of a new role that may log in and read no table. */
  abstract DataSource powerless(TestDatabase fresh) throws SQLException;

  /** Whether a history in another schema is evidence that the wrong one is looked at. */
  boolean schemasBelongTogether() {
    return true;
  }

  /** Whether it shows the locks that sessions hold by a key of their own. */
  boolean showsLocks() {
    return true;
  }

  @BeforeEach
  void createDatabase() {
    database = database();
  }

  @Nested
  class WhereTheTableIs {

    @Test
    void aFreshDatabaseIsProvenToHaveNoHistory() throws SQLException {
      assertThat(read(HistoryLocation.DEFAULT)).isEqualTo(new Absent(place()));
    }

    @Test
    void aDatabaseWithOtherTablesIsFreshToo() throws SQLException {
      database.execute("CREATE TABLE DATABASECHANGELOGS (ID INT)");

      assertThat(read(HistoryLocation.DEFAULT)).isInstanceOf(Absent.class);
    }

    @Test
    void aHistoryThatWasRolledBackIsEmpty() throws SQLException {
      Statewave.update(database.dataSource(), 1);
      Statewave.rollback(database.dataSource(), 1);

      assertThat(entries(HistoryLocation.DEFAULT)).isEmpty();
    }

    @Test
    void theCurrentSchemaIsReadWhereNoneIsNamed() throws SQLException {
      Statewave.update(database.dataSource(), 2);

      History history = (History) read(HistoryLocation.DEFAULT);

      assertThat(history.place()).isEqualTo(place());
      assertThat(history.entries())
          .extracting(HistoryEntry::name)
          .containsExactly(
              "db/changelog/0001_initial_schema.yaml::0001_initial_schema::statewave",
              "db/changelog/0002_index_timelines.yaml::0002_index_timelines::statewave");
    }

    @Test
    void aNamedSchemaIsReadAlthoughAnotherIsCurrent() throws SQLException {
      String schema = newSchema("orders");
      run("a", "b").in(schema).update();

      assertThat(ids(inSchema(schema))).containsExactly("a", "b");
    }

    @Test
    void aNamedSchemaIsFoundInAnotherLetterCase() throws SQLException {
      String schema = newSchema("orders");
      run("a").in(schema).update();

      assertThat(ids(inSchema(schema.toUpperCase(Locale.ROOT)))).containsExactly("a");
      assertThat(ids(inSchema(schema.replace('o', 'O')))).containsExactly("a");
    }

    @Test
    void aNamedSchemaWithoutTheTableIsFreshAlthoughAnotherSchemaHasIt() throws SQLException {
      String schema = newSchema("orders");
      run("a").update();

      assertThat(read(inSchema(schema))).isInstanceOf(Absent.class);
    }

    @Test
    void ourHistoryInAnotherSchemaThanTheDefaultOneIsNotAFreshDatabase() throws SQLException {
      String schema = newSchema("orders");
      run("a").in(schema).update();

      MigrationStatus status = guard("a").check();

      if (schemasBelongTogether()) {
        assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
        assertThat(status.problem().why()).contains(currentSchema(database), folded(schema));
        assertThat(status.problem().actions().get(0)).contains("--schema " + folded(schema));
      } else {
        assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
        assertThat(status.notes().toString()).contains(folded(schema));
      }
    }

    @Test
    void aMissingSchemaIsNoFreshDatabase() throws SQLException {
      run("a").update();

      Unreadable unreadable = unreadable(read(inSchema("mistyped")), Cause.SCHEMA);

      assertThat(unreadable.why()).contains("no schema mistyped");
      assertThat(unreadable.actions()).singleElement().asString().contains("setting schema");
    }

    @ParameterizedTest
    @CsvSource({
      "orders_history, orders_lock",
      "OrdersHistory, OrdersLock",
      "HISTORY, HISTORY_LOCK"
    })
    void tablesOfOtherNamesAreRead(String table, String lockTable) throws SQLException {
      LiquibaseRun run = run("a", "b").tables(table, lockTable);
      run.update();
      HistoryLocation location = new HistoryLocation(null, table, lockTable);

      assertThat(ids(location)).containsExactly("a", "b");
      run.locked(() -> assertThat(lock(location)).isPresent());
      assertThat(lock(location)).isEmpty();
    }

    @Test
    void aTableInOddLetterCaseIsFound() throws SQLException {
      run("a", "b").update();
      String odd = quoted("DatabaseChangeLog");
      database.execute("ALTER TABLE " + historyTable() + " RENAME TO " + odd);

      History history = (History) read(HistoryLocation.DEFAULT);

      assertThat(history.place().table()).isEqualTo("DatabaseChangeLog");
      assertThat(history.entries()).extracting(HistoryEntry::shortName).containsExactly("a", "b");
    }

    @Test
    void aTableInOddLetterCaseIsOneThatLiquibaseWouldNotFind() throws SQLException {
      run("a").update();
      String odd = quoted("DatabaseChangeLog");
      database.execute("ALTER TABLE " + historyTable() + " RENAME TO " + odd);
      SchemaGuard guard = guard("a");

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.check().notes().toString())
          .contains("DatabaseChangeLog", folded("DATABASECHANGELOG"));
      assertThat(guard.preflight().go()).isFalse();
      assertThat(guard.preflight().exitCode()).isEqualTo(7);
    }

    @Test
    void aTableInOddLetterCaseGivesWayToLiquibasesOwn() throws SQLException {
      run("a").update();
      String odd = quoted("DatabaseChangeLog");
      database.execute("ALTER TABLE " + historyTable() + " RENAME TO " + odd);
      HistoryReader reader = Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT);
      assertThat(ids(read(database.dataSource(), reader))).containsExactly("a");

      database.execute("CREATE TABLE " + historyTable() + " AS SELECT * FROM " + odd);
      insert("b", PATH, "EXECUTED", 2);

      assertThat(ids(read(database.dataSource(), reader))).containsExactly("a", "b");
    }

    @Test
    void ofTwoTablesInOddLetterCaseTheOneWithOurRowsIsNamed() throws SQLException {
      run("a").update();
      database.execute(
          "ALTER TABLE " + historyTable() + " RENAME TO " + quoted("DatabaseChangeLog"),
          "CREATE TABLE " + quoted("Databasechangelog") + " (ID INT)");

      Problem problem = guard("a").check().problem();

      assertThat(problem.code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(problem.actions().get(0)).contains("--table DatabaseChangeLog");
      assertThat(ids(new HistoryLocation(null, "DatabaseChangeLog", null))).containsExactly("a");
    }

    @Test
    void anEmptyTableBesideAFullTwinInAnotherLetterCaseIsNotAFreshDatabase() throws SQLException {
      run("a").update();
      String duplicate = folded("A").equals("A") ? "databasechangelog" : "DATABASECHANGELOG";
      String odd = duplicate.equals(folded("DATABASECHANGELOG")) ? "DatabaseChangeLog" : duplicate;
      database.execute(
          "CREATE TABLE " + quoted(odd) + " AS SELECT * FROM " + historyTable(),
          "DELETE FROM " + historyTable());

      Problem problem = guard("a").check().problem();

      assertThat(problem.code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
      assertThat(problem.actions().get(0)).contains("--table " + odd);
      assertThat(ids(new HistoryLocation(null, odd, null))).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
      "BOOT-INF/classes/, 4.33.0, true",
      "BOOT-INF/classes/, 3.10.3, true",
      "BOOT-INF/classes/, , true",
      "WEB-INF/classes/, DEV, true",
      "classpath*:, 4.3.1, true",
      "classpath*:, 5.0.4, true",
      "BOOT-INF/classes/, 4.3.1, false",
      "classpath:, 4.33.0, false",
      "/, 4.33.0, false"
    })
    void pathsThatLiquibaseWouldNotCompareAreANoGo(String prefix, String release, boolean unseen)
        throws SQLException {
      run("a", "b").update();
      String by = release == null ? "NULL" : "'" + release + "'";
      database.execute(
          "UPDATE %s SET FILENAME = '%s%s', LIQUIBASE = %s"
              .formatted(historyTable(), prefix, PATH, by));

      assertThat(guard("a", "b").check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard("a", "b").check().notes().isEmpty()).isEqualTo(!unseen);
      assertThat(guard("a", "b").preflight().exitCode()).isEqualTo(unseen ? 7 : 0);
    }

    @ParameterizedTest
    @CsvSource({
      "BOOT-INF/classes/, true",
      "WEB-INF/classes/, true",
      "classpath*:, true",
      "classpath:, false",
      "/, false"
    })
    void liquibaseItselfRunsThemAgain(String prefix, boolean again) throws SQLException {
      run("a", "b").update();
      database.execute("UPDATE %s SET FILENAME = '%s%s'".formatted(historyTable(), prefix, PATH));
      assertThat(guard("a", "b").preflight().go()).isEqualTo(!again);

      run("a", "b").update();

      assertThat(entries(HistoryLocation.DEFAULT)).hasSize(again ? 4 : 2);
    }

    @Test
    void aViewInPlaceOfTheTableIsRead() throws SQLException {
      run("a", "b").update();
      database.execute(
          "ALTER TABLE " + historyTable() + " RENAME TO moved",
          "CREATE VIEW " + historyTable() + " AS SELECT * FROM moved");

      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly("a", "b");
    }
  }

  @Nested
  class WhatTheRoleMayDo {

    @Test
    void aRoleThatMayNotReadTheHistoryIsToldTheGrantThatItLacks() throws SQLException {
      run("a").update();
      SchemaGuard guard = guard(new RecordingDataSource(powerless(database)), "a");

      Problem problem = guard.check().problem();

      assertThat(problem.code()).isEqualTo("GUARD-UNREADABLE-PERMISSION");
      assertThat(problem.actions()).first().asString().startsWith("GRANT SELECT ON ");
      database.execute(problem.actions().get(0));
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aLockThatMayNotBeReadIsNotSeen() throws SQLException {
      run("a").update();
      SchemaGuard guard = guard(new RecordingDataSource(powerless(database)), "a");
      database.execute(guard.check().problem().actions().get(0));

      assertThat(guard.checkWithLock().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.checkWithLock().migrationLock()).isNull();
    }
  }

  @Nested
  class WhatTheTableLooksLike {

    @Test
    void columnsThatOldInstallationsLackAreNotNeeded() throws SQLException {
      run("a", "b").update();
      for (String column : List.of("CONTEXTS", "LABELS", "DEPLOYMENT_ID", "COMMENTS", "TAG")) {
        dropColumn(column);
      }

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(HistoryEntry::shortName, HistoryEntry::comment, HistoryEntry::tag)
          .containsExactly(tuple("a", null, null), tuple("b", null, null));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "EXECTYPE"})
    void aMissingRequiredColumnIsNamed(String column) throws SQLException {
      run("a").update();
      dropColumn(column);

      Unreadable unreadable = unreadable(read(HistoryLocation.DEFAULT), Cause.COLUMN);

      assertThat(unreadable.why()).endsWith("has no column " + column);
    }

    @Test
    void aMissingRequiredColumnIsAProblemOfItsOwn() throws SQLException {
      run("a").update();
      dropColumn("EXECTYPE");

      assertThat(guard("a").check().problem().code()).isEqualTo("GUARD-UNREADABLE-COLUMN");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "EXECTYPE"})
    void anEmptyRequiredColumnIsAShapeNobodyKnows(String column) throws SQLException {
      run("a", "b").update();
      replaceByTableWithoutConstraints();
      database.execute("UPDATE %s SET %s = NULL WHERE ID = 'b'".formatted(historyTable(), column));

      Unreadable unreadable = unreadable(read(HistoryLocation.DEFAULT), Cause.SHAPE);

      assertThat(unreadable.why()).contains("has no " + column);
      assertThat(guard("a").check().problem().code()).isEqualTo("GUARD-UNREADABLE-SHAPE");
    }
  }

  @Nested
  class WhatTheRowsSay {

    @Test
    void anEmptyIdIsAnId() throws SQLException {
      run("a").update();
      insert("", PATH, "EXECUTED", 2);

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(HistoryEntry::name)
          .containsExactly(PATH + "::a::tester", PATH + "::::tester");
    }

    @Test
    void idsMayBeLong() throws SQLException {
      String first = "a".repeat(255);
      String second = "a".repeat(254) + "b";
      run(first, second).update();

      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"größe-ändern", "миграция", "移行", "🚀-launch", "it's 100% \\ ok"})
    void idsMayHoldAnyCharacter(String id) throws SQLException {
      run(id).update();

      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly(id);
      assertThat(guard(id).check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void ofSeveralRowsOfAChangesetTheLaterCounts() throws SQLException {
      run("a", "b").update();
      insert("a", PATH, "FAILED", 3);
      assertThat(guard("a", "b").check().verdict()).isEqualTo(Verdict.FAILED);

      insert("a", PATH, "EXECUTED", 4);
      assertThat(guard("a", "b").check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      insert("b", PATH, "SKIPPED", 5);
      assertThat(guard("a", "b").check().verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly("a", "b", "a", "a", "b");
    }

    @ParameterizedTest
    @CsvSource({
      "EXECUTED, APPLIED, false",
      "RERAN, APPLIED, true",
      "MARK_RAN, APPLIED, false",
      "FAILED, FAILED, false",
      "SKIPPED, SKIPPED, false",
      "executed, SKIPPED, false",
      "DREAMT, SKIPPED, false",
      "'', SKIPPED, false"
    })
    void anExecTypeIsAnOutcome(String execType, Outcome outcome, boolean rerun)
        throws SQLException {
      run("a").update();
      database.execute("UPDATE %s SET EXECTYPE = '%s'".formatted(historyTable(), execType));

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(HistoryEntry::outcome, HistoryEntry::rerun)
          .containsExactly(tuple(outcome, rerun));
    }

    @Test
    void liquibaseItselfRerunsAndMarks() throws SQLException {
      LiquibaseRun run =
          LiquibaseRun.ofXml(
              database.dataSource(),
              PATH,
              LiquibaseRun.changeset("always", "runAlways=\"true\"")
                  + """
                  <changeSet id="marked" author="tester">
                    <preConditions onFail="MARK_RAN"><tableExists tableName="absent"/></preConditions>
                    <comment>requires-app 2.0</comment>
                    <sql>SELECT 1</sql>
                    <rollback/>
                  </changeSet>
                  <changeSet id="tagged" author="tester"><tagDatabase tag="v1"/></changeSet>
                  """);
      run.update();
      run.update();

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(
              HistoryEntry::shortName,
              HistoryEntry::outcome,
              HistoryEntry::rerun,
              HistoryEntry::comment,
              HistoryEntry::tag)
          .containsExactly(
              tuple("marked", Outcome.APPLIED, false, "requires-app 2.0", null),
              tuple("tagged", Outcome.APPLIED, false, "", "v1"),
              tuple("always", Outcome.APPLIED, true, "", null));
    }

    @Test
    void rowsOfOneInstantAreOrderedByTheirNumber() throws SQLException {
      run("a", "b", "c", "d").update();
      database.execute(
          "UPDATE %s SET DATEEXECUTED = TIMESTAMP '2026-11-22 03:00:00'".formatted(historyTable()),
          "UPDATE %s SET ORDEREXECUTED = 11 WHERE ID = 'a'".formatted(historyTable()),
          "UPDATE %s SET ORDEREXECUTED = 9 WHERE ID = 'd'".formatted(historyTable()),
          "UPDATE %s SET DATEEXECUTED = TIMESTAMP '2026-11-22 02:59:59' WHERE ID = 'c'"
              .formatted(historyTable()));

      List<HistoryEntry> entries = entries(HistoryLocation.DEFAULT);

      assertThat(entries).extracting(HistoryEntry::shortName).containsExactly("c", "b", "d", "a");
      assertThat(entries.get(0).recordedAt()).startsWith("2026-11-22 02:59:59");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "classpath:db/changelog/orders.xml",
          "classpath:/db/changelog/orders.xml",
          "BOOT-INF/classes/db/changelog/orders.xml",
          "WEB-INF/classes/db/changelog/orders.xml",
          "/db/changelog/orders.xml"
        })
    void aPathDoesNotDependOnWhoRanIt(String path) throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), path, "a").update();
      insert("b", path, "EXECUTED", 2);

      assertThat(entries(HistoryLocation.DEFAULT))
          .extracting(HistoryEntry::name, HistoryEntry::path)
          .containsExactly(tuple(PATH + "::a::tester", PATH), tuple(PATH + "::b::tester", PATH));
    }
  }

  @Nested
  class ATagOnAnEmptyDatabase {

    private final HistoryReader reader = Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT);

    @Test
    void isNoRevision() throws SQLException {
      run("a", "b").tag("before-first");

      assertThat(entries(HistoryLocation.DEFAULT)).isEmpty();
      Preflight preflight = guard("a", "b").preflight();
      assertThat(preflight.status().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(preflight.status().problem().why()).contains("records no changeset");
      assertThat(preflight.reason()).isEqualTo("2 to apply, then this version runs");
      assertThat(preflight.exitCode()).isZero();
    }

    @Test
    void isNotAheadAfterTheFirstUpdate() throws SQLException {
      run("a", "b").tag("before-first");
      run("a", "b").update();

      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly("a", "b");
      MigrationStatus status = guard("a", "b").check();
      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.currentRevision()).isEqualTo("b");
      assertThat(withoutChain("b").check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isNotWhatTheDatabaseStandsAtAfterTheLastRollback() throws SQLException {
      run("a").tag("before-first");
      Statewave.update(database.dataSource(), 1);
      Statewave.rollback(database.dataSource(), 1);

      assertThat(guard("a").check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(withoutChain("a").check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:liquibase-internal", "BOOT-INF/classes/liquibase-internal"})
    void isNoRevisionWhoeverRanLiquibase(String path) throws SQLException {
      run("a").tag("before-first");
      run("a").update();
      database.execute(
          "UPDATE %s SET FILENAME = '%s' WHERE FILENAME = 'liquibase-internal'"
              .formatted(historyTable(), path));

      assertThat(ids(HistoryLocation.DEFAULT)).containsExactly("a");
    }

    @Test
    void countsInTheTokenAsInTheTable() throws SQLException {
      for (int step = 0; step < 3; step++) {
        switch (step) {
          case 0 -> run("a").tag("before-first");
          case 1 -> run("a").update();
          default -> run("a").tag("first");
        }
        try (Connection connection = database.dataSource().getConnection()) {
          DatabaseSession session = new DatabaseSession(connection);
          History history = (History) reader.read(session);
          assertThat(reader.changeToken(session)).hasValue(history.changeToken());
        }
      }
    }

    private SchemaGuard withoutChain(String expected) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.builder().row("1.0", expected, null, null).build())
          .applicationVersion("1.0")
          .environment(variable -> null)
          .build();
    }
  }

  @Nested
  class TheLock {

    @Test
    void isSeenWithItsHolderWhileLiquibaseHoldsIt() {
      LiquibaseRun run = run("a");
      run.update();

      run.locked(
          () ->
              assertThat(lock(HistoryLocation.DEFAULT))
                  .hasValueSatisfying(
                      lock -> {
                        assertThat(lock.holder()).isNotBlank();
                        assertThat(lock.since()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d.*");
                        assertThat(lock.stale()).isFalse();
                      }));
      assertThat(lock(HistoryLocation.DEFAULT)).isEmpty();
    }

    @Test
    void isSeenBeforeThereIsAHistory() throws SQLException {
      LiquibaseRun run = run("a");
      run.update();

      run.locked(
          () -> {
            drop(historyTable());
            assertThat(lock(HistoryLocation.DEFAULT)).isPresent();
          });
    }

    @Test
    void isSeenInASchemaNamedInAnotherLetterCase() throws SQLException {
      String schema = newSchema("orders");
      LiquibaseRun run = run("a").in(schema);
      run.update();

      run.locked(() -> assertThat(lock(inSchema(schema.replace('o', 'O')))).isPresent());
    }

    @Test
    void isSeenWhereTheSessionHoldsItInsteadOfARow() throws SQLException {
      if (!showsLocks()) {
        return;
      }
      run("a").update();
      drop(lockTable());

      run("a")
          .lockedBySession(
              () -> {
                assertHeldBySession(guard("a", "b"));
                assertThat(guard("a").check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
                assertThat(guard("a").preflight().exitCode()).isEqualTo(6);
              });
      assertThat(guard("a", "b").preflight().exitCode()).isZero();
    }

    @Test
    void isSeenBeforeThereIsAHistoryWhereTheSessionHoldsIt() {
      if (!showsLocks()) {
        return;
      }
      run("a").lockedBySession(() -> assertHeldBySession(guard("a")));
    }

    @Test
    void isThatOfTheTableWhereTheSessionHoldsIt() throws SQLException {
      if (!showsLocks()) {
        return;
      }
      run("a").update();

      run("a")
          .tables(null, "OrdersLock")
          .lockedBySession(
              () -> {
                assertThat(lock(new HistoryLocation(null, null, "OrdersLock")))
                    .hasValueSatisfying(lock -> assertThat(lock.endsWithSession()).isTrue());
                assertThat(lock(new HistoryLocation(null, null, "another"))).isEmpty();
              });
    }

    private void assertHeldBySession(SchemaGuard guard) {
      Preflight preflight = guard.preflight();
      assertThat(preflight.exitCode()).isEqualTo(6);
      MigrationLock lock = preflight.status().migrationLock();
      assertThat(lock.holder()).contains("session ");
      assertThat(lock.stale()).isFalse();
      assertThat(preflight.status().problem().actions().get(0))
          .startsWith("wait for the migration");
      assertThat(preflight.status().problem().actions().toString())
          .contains("release the lock by ending its session");
    }

    @Test
    void isStaleAfterMoreThanAnyDifferenceOfTimeZones() throws SQLException {
      LiquibaseRun run = run("a");
      run.update();

      run.locked(
          () -> {
            grantLockAt("2001-02-03 04:05:06");
            assertThat(lock(HistoryLocation.DEFAULT))
                .hasValueSatisfying(
                    lock -> {
                      assertThat(lock.stale()).isTrue();
                      assertThat(lock.since()).isEqualTo("2001-02-03T04:05:06");
                    });
          });
    }

    @Test
    void isNotSeenOnAFreshDatabase() {
      assertThat(lock(HistoryLocation.DEFAULT)).isEmpty();
    }

    @Test
    void isNotSeenWhereItsTableIsUnreadable() {
      LiquibaseRun run = run("a");
      run.update();

      run.locked(
          () -> {
            execute("ALTER TABLE " + lockTable() + " DROP COLUMN LOCKEDBY");
            assertThat(lock(HistoryLocation.DEFAULT)).isEmpty();
            assertThat(guard("a").checkWithLock().verdict()).isEqualTo(Verdict.UP_TO_DATE);
            execute("ALTER TABLE " + lockTable() + " ADD LOCKEDBY VARCHAR(255)");
          });
    }

    private void grantLockAt(String time) {
      execute("UPDATE %s SET LOCKGRANTED = TIMESTAMP '%s'".formatted(lockTable(), time));
    }
  }

  @Nested
  class TheChangeToken {

    private final HistoryReader reader = Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT);

    private String lastToken;

    @Test
    void isThatOfTheReadingUntilLiquibaseMovesSomething() throws SQLException {
      Statewave.update(database.dataSource(), 2);
      assertIsThatOfTheReading();

      Statewave.update(database.dataSource(), 1);
      assertHasMoved();
      Statewave.rollback(database.dataSource(), 1);
      assertHasMoved();
    }

    @Test
    void movesWithAFailureAndWithARerun() throws SQLException {
      run("a", "b").update();
      assertIsThatOfTheReading();

      database.execute("UPDATE " + historyTable() + " SET EXECTYPE = 'FAILED' WHERE ID = 'a'");
      assertHasMoved();
      database.execute(
          "UPDATE "
              + historyTable()
              + " SET EXECTYPE = 'RERAN', DATEEXECUTED = TIMESTAMP '2099-01-01 00:00:00'"
              + " WHERE ID = 'a'");
      assertHasMoved();
    }

    @Test
    void isReadInOneStatement() throws SQLException {
      run("a", "b").update();
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      read(database.dataSource(), reader);

      token(recording.dataSource());

      assertThat(recording.takeCalls()).singleElement().asString().startsWith("SELECT COUNT(*)");
    }

    @Test
    void isUnknownBeforeTheFirstReadingAndWithoutTheTable() throws SQLException {
      run("a").update();
      assertThat(token(database.dataSource())).isEmpty();

      read(database.dataSource(), reader);
      drop(historyTable());

      assertThat(token(database.dataSource())).isEmpty();
    }

    private void assertIsThatOfTheReading() throws SQLException {
      History history = (History) read(database.dataSource(), reader);
      assertThat(token(database.dataSource())).hasValue(history.changeToken());
      lastToken = history.changeToken();
    }

    private void assertHasMoved() throws SQLException {
      assertThat(token(database.dataSource()).orElseThrow()).isNotEqualTo(lastToken);
      assertIsThatOfTheReading();
    }

    private Optional<String> token(DataSource dataSource) throws SQLException {
      try (Connection connection = dataSource.getConnection()) {
        return reader.changeToken(new DatabaseSession(connection));
      }
    }
  }

  @Nested
  class TheCost {

    @Test
    void isOneStatementFromTheSecondReadOn() {
      run("a", "b").update();
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      SchemaGuard guard = guard(recording, "a", "b");
      guard.check();
      recording.takeCalls();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      assertThat(recording.takeCalls())
          .singleElement()
          .asString()
          .startsWith("SELECT ")
          .contains(folded("DATABASECHANGELOG"));
    }

    @Test
    void isOneStatementMoreForEachKindOfLockWhereItIsAskedFor() {
      run("a", "b").update();
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      SchemaGuard guard = guard(recording, "a", "b");
      guard.check();
      recording.takeCalls();

      guard.checkWithLock();

      assertThat(recording.takeCalls())
          .hasSize(showsLocks() ? 3 : 2)
          .allMatch(call -> call.startsWith("SELECT "));
    }

    @Test
    void aTableThatMovesIsFoundAgain() throws SQLException {
      run("a").update();
      SchemaGuard guard = guard("a");
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      database.execute("ALTER TABLE " + historyTable() + " RENAME TO moved");
      assertThat(guard.check().problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");

      database.execute("ALTER TABLE moved RENAME TO " + historyTable());
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  private LiquibaseRun run(String... ids) {
    return run(database, ids);
  }

  /** A run of Liquibase with a changelog of these changesets. */
  static LiquibaseRun run(TestDatabase database, String... ids) {
    return LiquibaseRun.ofChangesets(database.dataSource(), PATH, ids);
  }

  private HistoryResult read(HistoryLocation location) throws SQLException {
    return read(database.dataSource(), location);
  }

  /** What a new reader reads at {@code location}. */
  static HistoryResult read(DataSource dataSource, HistoryLocation location) throws SQLException {
    return read(dataSource, Tools.reader(Tool.LIQUIBASE, location));
  }

  private static HistoryResult read(DataSource dataSource, HistoryReader reader)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return reader.read(new DatabaseSession(connection));
    }
  }

  private List<HistoryEntry> entries(HistoryLocation location) throws SQLException {
    return entries(read(location));
  }

  private List<String> ids(HistoryLocation location) throws SQLException {
    return ids(read(location));
  }

  /** The ids of a history that could be read. */
  static List<String> ids(HistoryResult reading) {
    return entries(reading).stream().map(HistoryEntry::shortName).toList();
  }

  private static List<HistoryEntry> entries(HistoryResult reading) {
    assertThat(reading).isInstanceOf(History.class);
    return ((History) reading).entries();
  }

  private Optional<MigrationLock> lock(HistoryLocation location) {
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      HistoryReader reader = Tools.reader(Tool.LIQUIBASE, location);
      reader.read(session);
      return reader.lock(session);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private SchemaGuard guard(String... chain) {
    return guard(new RecordingDataSource(database.dataSource()), chain);
  }

  private static SchemaGuard guard(RecordingDataSource dataSource, String... chain) {
    List<String> lines = new ArrayList<>();
    for (String id : chain) {
      lines.add(PATH + "::" + id + "::tester\n");
    }
    return SchemaGuard.builder(dataSource.dataSource())
        .matrix(
            CompatibilityMatrix.ofChain(
                RevisionChain.parse(String.join("", lines), "revisions.txt")))
        .environment(variable -> null)
        .build();
  }

  /** {@code reading}, which could not be made for that reason. */
  static Unreadable unreadable(HistoryResult reading, Cause cause) {
    assertThat(reading).isInstanceOf(Unreadable.class);
    Unreadable unreadable = (Unreadable) reading;
    assertThat(unreadable.cause()).as(unreadable.why()).isEqualTo(cause);
    return unreadable;
  }

  /** Where the history is unless it was put elsewhere. */
  private HistoryPlace place() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return new HistoryPlace(
          "liquibase",
          new DatabaseSession(connection).dbms(),
          currentSchema(database),
          folded("DATABASECHANGELOG"));
    }
  }

  /** The default tables in a schema. */
  static HistoryLocation inSchema(String schema) {
    return new HistoryLocation(schema, null, null);
  }

  /** A schema of this name, and a number where schemas belong to the server. */
  private String newSchema(String name) throws SQLException {
    String schema = schemasBelongTogether() ? name : name + SCHEMAS.incrementAndGet();
    database.execute("CREATE SCHEMA " + schema);
    return schema;
  }

  private String historyTable() {
    return quoted(folded("DATABASECHANGELOG"));
  }

  private String lockTable() {
    return quoted(folded("DATABASECHANGELOGLOCK"));
  }

  private void dropColumn(String column) throws SQLException {
    database.execute("ALTER TABLE " + historyTable() + " DROP COLUMN " + column);
  }

  private void replaceByTableWithoutConstraints() throws SQLException {
    database.execute(
        "CREATE TABLE loose AS SELECT * FROM " + historyTable(),
        "DROP TABLE " + historyTable(),
        "ALTER TABLE loose RENAME TO " + historyTable());
    for (String column : List.of("ID", "AUTHOR", "FILENAME", "EXECTYPE")) {
      makeNullable(historyTable(), column, "VARCHAR(255)");
    }
    makeNullable(historyTable(), "DATEEXECUTED", "TIMESTAMP");
    makeNullable(historyTable(), "ORDEREXECUTED", "INT");
  }

  /** Takes NOT NULL off a column. */
  void makeNullable(String table, String column, String type) throws SQLException {
    database.execute("ALTER TABLE " + table + " ALTER COLUMN " + column + " DROP NOT NULL");
  }

  /** Runs a statement, committed. */
  void execute(String sql) {
    try {
      database.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void drop(String table) {
    execute("DROP TABLE " + table);
  }

  private void insert(String id, String path, String execType, int order) throws SQLException {
    database.execute(
        """
        INSERT INTO %s (ID, AUTHOR, FILENAME, DATEEXECUTED, ORDEREXECUTED, EXECTYPE)
        VALUES ('%s', 'tester', '%s', TIMESTAMP '2099-01-01 00:00:00', %d, '%s')"""
            .formatted(historyTable(), id, path, order, execType));
  }
}
