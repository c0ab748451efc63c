// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static dev.schemaguard.tool.HistoryReaderContract.unreadable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.dialect.DatabaseSession;
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
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reading Alembic's table means on every database. */
abstract class AlembicHistoryContract {

  /** Two branches from {@code a1}, and their merge. */
  private static final String CHAIN =
      """
      a0\talias=0001_create_orders
      a1
      b1\tparents=a1
      c1\tparents=a1
      c2\tparents=c1
      m1\tparents=b1,c2
      """;

  private final HistoryReaderContract server;
  private TestDatabase database;

  /** On the server that Liquibase's contract is tried on. */
  AlembicHistoryContract(HistoryReaderContract server) {
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
      assertThat(read(HistoryLocation.DEFAULT)).isInstanceOf(Absent.class);
    }

    @Test
    void aTableWithoutRowsIsAnEmptyHistory() throws SQLException {
      stamp();

      assertThat(check("m1").problem().code()).isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(check("m1").summary())
          .isEqualTo("Empty history; 6 pending migration(s): none → m1");
    }

    @Test
    void aNameWithACapitalLetterIsRead() throws SQLException {
      String table = server.quoted("OrdersVersion");
      database.execute(
          "CREATE TABLE " + table + " (version_num VARCHAR(32) NOT NULL)",
          "INSERT INTO " + table + " VALUES ('a0')");

      assertThat(names(new HistoryLocation(null, "OrdersVersion", null))).containsExactly("a0");
    }

    @Test
    void aTableWithoutTheColumnIsAnotherTools() throws SQLException {
      database.execute("CREATE TABLE alembic_version (version VARCHAR(32))");

      assertThat(unreadable(read(HistoryLocation.DEFAULT), Cause.COLUMN).why())
          .endsWith("has no column version_num");
    }

    @Test
    void aRoleThatMayNotReadItIsToldTheGrantThatItLacks() throws SQLException {
      stamp("m1");
      DataSource role = server.powerless(database);
      Unreadable unreadable = unreadable(read(role, HistoryLocation.DEFAULT), Cause.PERMISSION);

      database.execute(unreadable.actions().get(0));

      assertThat(guard(role, Tool.ALEMBIC, "m1", null, null).check().verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aRowWithoutARevisionIsAShapeNobodyKnows() throws SQLException {
      stamp(" ");

      assertThat(unreadable(read(HistoryLocation.DEFAULT), Cause.SHAPE).why())
          .endsWith("row 1 has no version_num");
    }
  }

  @Nested
  class WhatTheHeadsSay {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "-",
        value = {
          "a0, BEHIND, a0, 5",
          "a1, BEHIND_COMPATIBLE, a1, 4",
          "b1, BEHIND_COMPATIBLE, b1, 3",
          "c2, BEHIND_COMPATIBLE, c2, 2",
          "c2 b1, BEHIND_COMPATIBLE, 'b1, c2', 1",
          "b1 c2, BEHIND_COMPATIBLE, 'b1, c2', 1",
          "m1, UP_TO_DATE, m1, 0",
          "x9, AHEAD_UNKNOWN, x9, 0",
          "x9 x1, AHEAD_UNKNOWN, 'x1, x9', 0",
          "a0 x9, BEHIND, 'a0, x9', 5",
          "x9 b1, AHEAD_UNKNOWN, 'b1, x9', 3",
        })
    void isThatTheyAndTheirAncestorsAreApplied(
        String heads, Verdict verdict, String current, int pending) throws SQLException {
      stamp(heads.split(" ", -1));

      MigrationStatus status = check("m1", "a1", null);

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
      assertThat(status.pendingRevisions()).hasSize(pending);
      assertThat(status.tool()).isEqualTo("alembic");
    }

    @Test
    void isAheadOfABranchThatIsNotExpected() throws SQLException {
      stamp("m1");

      MigrationStatus status = check("b1");

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(status.aheadRevisions()).containsExactly("c1", "c2", "m1");
      assertThat(status.summary()).isEqualTo("Database is 3 revision(s) ahead: b1 → m1");
    }

    @Test
    void isAllowedAsFarAsTheMaximumGoes() throws SQLException {
      stamp("c2");
      assertThat(check("c1", "a1", "c2").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);

      database.execute("INSERT INTO alembic_version VALUES ('b1')");
      assertThat(check("c1", "a1", "c2").verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
      assertThat(check("c1", "a1", "c2").aheadRevisions()).containsExactly("b1", "c2");
    }

    @Test
    void isUnknownToThisVersionWhereNoLineHasIt() throws SQLException {
      stamp("x9");

      MigrationStatus status = check("m1");

      assertThat(status.summary()).isEqualTo("Database is at x9, unknown to this version");
      assertThat(status.aheadRevisions()).containsExactly("x9");
    }

    @Test
    void isAllowedOnAnAssumptionThatTheSummaryNames() throws SQLException {
      stamp("x9");

      MigrationStatus status = allowing("m1");

      assertThat(status.compatible()).isTrue();
      assertThat(status.summary())
          .isEqualTo(
              "Schema is compatible; database is at x9, unknown to this version and assumed to"
                  + " include m1");
      database.execute("INSERT INTO alembic_version VALUES ('m1')");
      assertThat(allowing("m1").summary()).doesNotContain("assumed");
    }

    private MigrationStatus allowing(String expected) {
      String document =
          "Unknown ahead: allowed\n\n| App version | Expected |\n|---|---|\n| 1.0 | %s |\n"
              .formatted(expected);
      return SchemaGuard.builder(database.dataSource())
          .matrix(
              CompatibilityMatrix.parse(
                  document, matrix(expected, null, null).chain().orElseThrow()))
          .applicationVersion("1.0")
          .environment(variable -> null)
          .build()
          .check();
    }

    @Test
    void isComparedExactly() throws SQLException {
      stamp("m");

      assertThat(check("m1").aheadRevisions()).containsExactly("m");
      database.execute("UPDATE alembic_version SET version_num = '0001_create_orders'");
      assertThat(check("m1").aheadRevisions()).containsExactly("0001_create_orders");
    }

    @Test
    void isAcceptedByEachNameAlone() throws SQLException {
      stamp("m1");

      assertThat(accepting("m1").verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(accepting("m1", "c1", "c2").verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    private MigrationStatus accepting(String... names) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(matrix("b1", null, null))
          .applicationVersion("1.0")
          .accept(Set.of(names))
          .environment(variable -> null)
          .build()
          .check();
    }

    @Test
    void isBehindWithTheToolsOwnCommand() throws SQLException {
      stamp("a0");

      MigrationStatus status = check("m1");

      assertThat(status.summary()).isEqualTo("5 pending migration(s): a0 → m1");
      assertThat(status.problem().actions().get(0)).contains("(alembic upgrade heads)");
      assertThat(status.migrationLock()).isNull();
    }
  }

  @Nested
  class WithoutAChain {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
      "a1, BEHIND_COMPATIBLE, a1",
      "b1, UP_TO_DATE, b1",
      "c1, AHEAD_COMPATIBLE, c1",
    })
    void aHeadThatTheRowNamesIsTold(String head, Verdict verdict, String current)
        throws SQLException {
      stamp(head);

      MigrationStatus status = withoutChain("b1", "a1", "c1").check();

      assertThat(status.verdict()).isEqualTo(verdict);
      assertThat(status.currentRevision()).isEqualTo(current);
    }

    @Test
    void anotherHeadIsAConfigurationError() throws SQLException {
      stamp("b1", "x9");

      for (String max : new String[] {null, "any", "c1"}) {
        assertThatExceptionOfType(ConfigurationException.class)
            .isThrownBy(() -> withoutChain("b1", "a1", max).check())
            .withMessageContaining("the database is at 'x9', which the row does not name")
            .withMessageContaining("Bundle the chain");
      }
    }

    @Test
    void noRowIsAnEmptyHistory() throws SQLException {
      stamp();

      assertThat(withoutChain("b1", "a1", null).check().verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    private SchemaGuard withoutChain(String expected, String min, String max) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.builder().row("1.0", expected, min, max).build())
          .applicationVersion("1.0")
          .environment(variable -> null)
          .build();
    }
  }

  @Test
  void theTokenIsThatOfTheReadingUntilAHeadMoves() throws SQLException {
    stamp("b1", "c1", "d1");
    HistoryReader reader = Tools.reader(Tool.ALEMBIC, HistoryLocation.DEFAULT);
    try (Connection connection = database.dataSource().getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      History history = (History) reader.read(session);
      assertThat(reader.changeToken(session)).hasValue(history.changeToken());

      database.execute("UPDATE alembic_version SET version_num = 'c2' WHERE version_num = 'c1'");

      assertThat(reader.changeToken(session).orElseThrow()).isNotEqualTo(history.changeToken());
    }
  }

  @Test
  void costsOneStatementOnceItIsKnown() throws SQLException {
    stamp("m1");
    for (Tool tool : new Tool[] {Tool.ALEMBIC, Tool.AUTO}) {
      RecordingDataSource recording = new RecordingDataSource(database.dataSource());
      SchemaGuard guard = guard(recording.dataSource(), tool, "m1", null, null);
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      recording.takeCalls();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      assertThat(recording.takeCalls())
          .singleElement()
          .asString()
          .containsIgnoringCase("alembic_version");
    }
  }

  /** Makes the table as Alembic does, with these heads in this order. */
  private void stamp(String... heads) throws SQLException {
    database.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL,"
            + " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))");
    for (String head : heads) {
      database.execute("INSERT INTO alembic_version (version_num) VALUES ('" + head + "')");
    }
  }

  private HistoryResult read(HistoryLocation location) throws SQLException {
    return read(database.dataSource(), location);
  }

  private static HistoryResult read(DataSource dataSource, HistoryLocation location)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Tools.reader(Tool.ALEMBIC, location).read(new DatabaseSession(connection));
    }
  }

  private List<String> names(HistoryLocation location) throws SQLException {
    return HistoryReaderContract.ids(read(location));
  }

  private MigrationStatus check(String expected) {
    return check(expected, null, null);
  }

  private MigrationStatus check(String expected, String min, String max) {
    return guard(database.dataSource(), Tool.AUTO, expected, min, max).check();
  }

  private static SchemaGuard guard(
      DataSource dataSource, Tool tool, String expected, String min, String max) {
    return SchemaGuard.builder(dataSource)
        .matrix(matrix(expected, min, max))
        .applicationVersion("1.0")
        .tool(tool)
        .environment(variable -> null)
        .build();
  }

  private static CompatibilityMatrix matrix(String expected, String min, String max) {
    return CompatibilityMatrix.builder()
        .chain(RevisionChain.parse(CHAIN, "revisions.txt"))
        .row("1.0", expected, min, max)
        .build();
  }
}
