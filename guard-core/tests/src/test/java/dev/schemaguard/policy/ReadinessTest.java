// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import static dev.schemaguard.policy.Readiness.DEGRADED;
import static dev.schemaguard.policy.Readiness.NOT_READY;
import static dev.schemaguard.policy.Readiness.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a probe answers, for an instance that has just started and for one that was compatible. */
class ReadinessTest {

  private static final String CHAIN = "1\n2\n3\n4\n";

  private final TestDatabase database = H2.database();
  private final AtomicBoolean outage = new AtomicBoolean();
  private SchemaGuard guard = orders().build();

  /** Expects 3 and accepts 2; knows 4 and has nothing to say about it. */
  private SchemaGuardBuilder orders() {
    return SchemaGuard.builder(
            SimpleDataSource.of(
                () -> {
                  if (outage.get()) {
                    throw new SQLException("Connection refused", "08001");
                  }
                  return database.dataSource().getConnection();
                }))
        .matrix(matrix("1.4.2"))
        .applicationVersion("1.4.2")
        .mode(Mode.STRICT)
        .refreshInterval(Duration.ofDays(1))
        .environment(name -> null);
  }

  private static CompatibilityMatrix matrix(String version) {
    return CompatibilityMatrix.builder()
        .row(version, "3", "2", null)
        .chain(RevisionChain.parse(CHAIN, "revisions.txt"))
        .build();
  }

  @BeforeEach
  void applyOneToThree() throws SQLException {
    database.execute(
        "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255), AUTHOR VARCHAR(255),"
            + " FILENAME VARCHAR(255), DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT,"
            + " EXECTYPE VARCHAR(10), COMMENTS VARCHAR(255), TAG VARCHAR(255))");
    record("1", "EXECUTED", "");
    record("2", "EXECUTED", "");
    record("3", "EXECUTED", "");
  }

  @AfterEach
  void close() {
    guard.close();
  }

  private void record(String id, String type, String comment) throws SQLException {
    database.execute(
        "DELETE FROM DATABASECHANGELOG WHERE ID = '%s'".formatted(id),
        "INSERT INTO DATABASECHANGELOG VALUES ('%s', 'me', 'db.xml', '2026-11-22 02:41:07', %s, '%s', '%s', NULL)"
            .formatted(id, id.matches("\\d+") ? id : "99", type, comment));
  }

  private void takeBack(String id) throws SQLException {
    database.execute("DELETE FROM DATABASECHANGELOG WHERE ID = '%s'".formatted(id));
  }

  /** What the probe of a new instance answers. */
  private void assertJustStarted(Verdict verdict, Readiness readiness) {
    try (SchemaGuard started = orders().build()) {
      assertThat(started.readiness()).isEqualTo(readiness);
      assertThat(started.status().verdict()).isEqualTo(verdict);
    }
  }

  /** What the probe answers of the instance that saw this database before. */
  private void assertRunning(Verdict verdict, Readiness readiness) {
    guard.check();
    assertThat(guard.readiness()).isEqualTo(readiness);
    assertThat(guard.status().verdict()).isEqualTo(verdict);
  }

  private void runsWell() {
    assertRunning(Verdict.UP_TO_DATE, READY);
  }

  @Nested
  class ACompatibleSchema {

    @Test
    void isReady() throws SQLException {
      runsWell();
      assertJustStarted(Verdict.UP_TO_DATE, READY);

      takeBack("3");
      assertJustStarted(Verdict.BEHIND_COMPATIBLE, READY);
      assertRunning(Verdict.BEHIND_COMPATIBLE, READY);

      record("3", "EXECUTED", "");
      record("x", "EXECUTED", "requires-app 1.0");
      assertJustStarted(Verdict.AHEAD_COMPATIBLE, READY);
      assertRunning(Verdict.AHEAD_COMPATIBLE, READY);
    }
  }

  @Nested
  class AnUnknownRevisionAhead {

    @Test
    void isDegraded() throws SQLException {
      runsWell();
      record("x", "EXECUTED", "");

      assertRunning(Verdict.AHEAD_UNKNOWN, DEGRADED);
      assertJustStarted(Verdict.AHEAD_UNKNOWN, DEGRADED);
    }
  }

  @Nested
  class AFailure {

    @Test
    void beyondWhatIsExpectedTakesOutNoInstanceThatRan() throws SQLException {
      runsWell();

      record("4", "FAILED", "");
      assertRunning(Verdict.FAILED, DEGRADED);
      assertJustStarted(Verdict.FAILED, NOT_READY);

      record("4", "EXECUTED", "requires-app 1.0");
      record("x", "FAILED", "");
      assertRunning(Verdict.FAILED, DEGRADED);
      assertJustStarted(Verdict.FAILED, NOT_READY);
    }

    @Test
    void ofSomethingExpectedTakesItOut() throws SQLException {
      runsWell();
      record("3", "FAILED", "");

      assertRunning(Verdict.FAILED, NOT_READY);
    }

    @Test
    void beyondWhatIsExpectedTakesItOutWhereSomethingRequiredIsMissing() throws SQLException {
      runsWell();
      record("4", "FAILED", "");
      takeBack("2");

      assertRunning(Verdict.FAILED, NOT_READY);
    }

    @Test
    void beyondWhatIsExpectedTakesItOutWhereAnotherRevisionRefusesIt() throws SQLException {
      runsWell();
      record("4", "FAILED", "");
      record("x", "EXECUTED", "requires-app 1.5");

      assertRunning(Verdict.FAILED, NOT_READY);
    }

    @Test
    void recordedAfterTheExpectedRevisionIsBeyondItWhereThereIsNoChain() throws SQLException {
      CompatibilityMatrix withoutChain =
          CompatibilityMatrix.builder().row("1.4.2", "3", "2", "any").build();
      guard = orders().matrix(withoutChain).build();
      runsWell();

      record("y", "FAILED", "");
      assertRunning(Verdict.FAILED, DEGRADED);

      database.execute("UPDATE DATABASECHANGELOG SET DATEEXECUTED = '2020-01-01' WHERE ID = 'y'");
      assertRunning(Verdict.FAILED, NOT_READY);
    }
  }

  @Nested
  class AFailureOfARetiredRevision {

    @Test
    void isNoneOfThoseThatTakeOutAnInstance() throws SQLException {
      guard =
          orders()
              .matrix(
                  CompatibilityMatrix.builder()
                      .row("1.4.2", "3", "2", null)
                      .chain(RevisionChain.parse("0\tretired\n" + CHAIN, "revisions.txt"))
                      .build())
              .build();
      record("0", "FAILED", "");
      runsWell();

      record("4", "FAILED", "");

      assertRunning(Verdict.FAILED, DEGRADED);
    }
  }

  @Nested
  class AFailureWithoutAChain {

    @BeforeEach
    void withoutChain() {
      guard =
          orders()
              .matrix(CompatibilityMatrix.builder().row("1.4.2", "3", "2", "any").build())
              .build();
      runsWell();
    }

    @Test
    void takesItOutWhereTheExpectedRevisionIsNotThereToBeBeyondOf() throws SQLException {
      takeBack("3");
      assertRunning(Verdict.BEHIND_COMPATIBLE, READY);

      record("y", "FAILED", "");

      assertRunning(Verdict.FAILED, NOT_READY);
    }

    @Test
    void ofTheExpectedRevisionItselfTakesItOut() throws SQLException {
      record("3", "FAILED", "");

      assertRunning(Verdict.FAILED, NOT_READY);
    }
  }

  @Nested
  class AnIncompatibleSchema {

    @Test
    void isNotReadyWhereSomethingIsMissing() throws SQLException {
      runsWell();
      takeBack("2");

      assertRunning(Verdict.BEHIND, NOT_READY);
      assertJustStarted(Verdict.BEHIND, NOT_READY);
    }

    @Test
    void isNotReadyWhereNothingIsThere() throws SQLException {
      runsWell();
      database.execute("DELETE FROM DATABASECHANGELOG");

      assertRunning(Verdict.UNINITIALIZED, NOT_READY);
      assertJustStarted(Verdict.UNINITIALIZED, NOT_READY);
    }

    @Test
    void isNotReadyWhereARevisionRefusesThisVersion() throws SQLException {
      runsWell();
      record("x", "EXECUTED", "requires-app 1.5");

      assertRunning(Verdict.AHEAD_INCOMPATIBLE, NOT_READY);
      assertJustStarted(Verdict.AHEAD_INCOMPATIBLE, NOT_READY);
    }
  }

  @Nested
  class WhatCannotBeTold {

    @Test
    void isNotReadyUntilFirstTold() {
      outage.set(true);
      assertRunning(Verdict.UNREACHABLE, NOT_READY);

      outage.set(false);
      runsWell();
    }

    @Test
    void isNotReadyForAVersionWithoutRow() {
      guard = orders().matrix(matrix("9.9")).build();

      assertRunning(Verdict.UNKNOWN_VERSION, NOT_READY);
    }

    @Test
    void keepsAnInstanceThatRanWellDegraded() throws SQLException {
      runsWell();

      outage.set(true);
      assertRunning(Verdict.UP_TO_DATE, DEGRADED);

      outage.set(false);
      database.execute("ALTER TABLE DATABASECHANGELOG DROP COLUMN AUTHOR");
      assertRunning(Verdict.UP_TO_DATE, DEGRADED);
      assertThat(guard.status().stale().error()).contains("has no column AUTHOR");
    }

    @Test
    void doesNotBringBackAnInstanceThatWasTakenOut() throws SQLException {
      runsWell();
      takeBack("2");
      assertRunning(Verdict.BEHIND, NOT_READY);

      outage.set(true);

      assertRunning(Verdict.BEHIND, NOT_READY);
    }
  }

  @Nested
  class InWarnMode {

    @Test
    void everythingIsReady() throws SQLException {
      guard = orders().mode(Mode.WARN).build();
      takeBack("2");
      assertRunning(Verdict.BEHIND, READY);
      outage.set(true);
      assertRunning(Verdict.BEHIND, READY);
    }
  }

  @Test
  void theWorstOfSeveralCounts() {
    assertThat(READY.and(DEGRADED)).isEqualTo(DEGRADED);
    assertThat(NOT_READY.and(DEGRADED)).isEqualTo(NOT_READY);
    assertThat(READY.and(READY).isServing()).isTrue();
    assertThat(DEGRADED.isServing()).isTrue();
    assertThat(NOT_READY.isServing()).isFalse();
  }
}
