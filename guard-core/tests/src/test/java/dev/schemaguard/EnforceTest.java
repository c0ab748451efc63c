// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a guard does about a verdict: it logs one line, and refuses or lets go on. */
class EnforceTest {

  private final TestDatabase database = H2.database();
  private final RecordedLog log = new RecordedLog();

  @AfterEach
  void stopRecording() {
    log.close();
  }

  private SchemaGuardBuilder orders() {
    return SchemaGuard.builder(database.dataSource())
        .matrix(
            CompatibilityMatrix.builder()
                .application("orders")
                .row("current", null, "1", null)
                .chain(RevisionChain.parse("1\n2\n", "revisions.txt"))
                .build())
        .applicationVersion("1.4.2")
        .environment(name -> null);
  }

  private SchemaGuardBuilder unreachable() {
    return SchemaGuard.builder(
            SimpleDataSource.of(
                () -> {
                  throw new SQLException("Connection refused", "08001");
                }))
        .matrix(orders().build().matrix())
        .environment(name -> null);
  }

  /** The table as Liquibase makes it, as far as the guard reads it, with these ids applied. */
  private void applied(String... ids) throws SQLException {
    database.execute(
        "CREATE TABLE DATABASECHANGELOG (ID VARCHAR(255), AUTHOR VARCHAR(255),"
            + " FILENAME VARCHAR(255), DATEEXECUTED TIMESTAMP, ORDEREXECUTED INT,"
            + " EXECTYPE VARCHAR(10), COMMENTS VARCHAR(255), TAG VARCHAR(255))");
    for (int i = 0; i < ids.length; i++) {
      database.execute(
          "INSERT INTO DATABASECHANGELOG VALUES ('%s', 'me', 'db.xml', '2026-11-22 02:41:07', %d,"
                  .formatted(ids[i], i)
              + " 'EXECUTED', '', NULL)");
    }
  }

  private void appliedWithMarker(String id, String marker) throws SQLException {
    applied("1", "2", id);
    database.execute(
        "UPDATE DATABASECHANGELOG SET COMMENTS = '%s' WHERE ID = '%s'".formatted(marker, id));
  }

  private static IncompatibleSchemaException refusal(SchemaGuard guard) {
    return catchThrowableOfType(IncompatibleSchemaException.class, guard::enforce);
  }

  @Nested
  class InWarnMode {

    @Test
    void aCompatibleSchemaIsOneInfo() throws SQLException {
      applied("1", "2");

      MigrationStatus status = orders().build().enforce();

      assertThat(status.compatible()).isTrue();
      assertThat(log.lines())
          .containsExactly(
              "INFO orders 1.4.2: Schema is up to date" + "; database " + database.shownByH2());
    }

    @Test
    void aCompatibleSchemaWithSomethingPendingIsOneInfo() throws SQLException {
      applied("1");

      orders().build().enforce();

      assertThat(log.lines())
          .containsExactly(
              "INFO orders 1.4.2: Schema is compatible; 1 pending migration(s): 1 → 2"
                  + "; database "
                  + database.shownByH2());
    }

    @Test
    void aDatabaseInMemoryThatNobodyMigratedIsOneInfoIfAskedFor() throws SQLException {
      orders().quietOnEmbedded(true).build().enforce();

      assertThat(log.lines())
          .containsExactly(
              "INFO orders 1.4.2: Fresh database; 2 pending migration(s): none → 2; the database"
                  + " lives in memory");
      applied("1");
      database.execute("DELETE FROM DATABASECHANGELOG WHERE ID = '1'");
      database.execute(
          "INSERT INTO DATABASECHANGELOG VALUES ('2', 'me', 'db.xml', '2026-11-22 02:41:07', 1,"
              + " 'EXECUTED', '', NULL)");

      orders().quietOnEmbedded(true).build().enforce();

      assertThat(log.lines()).hasSize(2).last().asString().startsWith("WARN ");
    }

    @Test
    void anIncompatibleSchemaIsOneWarningWithSummaryAndProblem() {
      MigrationStatus status = orders().build().enforce();

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0).lines().toList())
          .startsWith(
              "WARN Fresh database; 2 pending migration(s): none → 2",
              "Schema Guard warns: orders 1.4.2 should not run on this database"
                  + "   [GUARD-UNINITIALIZED]")
          .contains(
              "why       there is no DATABASECHANGELOG or flyway_schema_history or ALEMBIC_VERSION or"
                  + " schema_migrations in schema PUBLIC")
          .noneMatch(line -> line.startsWith("override"));
    }

    @Test
    void whatCannotBeToldIsSaidSo() {
      MigrationStatus status = unreachable().build().enforce();

      assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0).lines().toList())
          .startsWith(
              "WARN ERROR: Connection refused",
              "Schema Guard could not determine whether orders may run on this database"
                  + "   [GUARD-UNREACHABLE]");
    }
  }

  @Nested
  class InStrictMode {

    @Test
    void aCompatibleSchemaIsOneInfo() throws SQLException {
      applied("1", "2");

      orders().mode(Mode.STRICT).build().enforce();

      assertThat(log.lines())
          .containsExactly(
              "INFO orders 1.4.2: Schema is up to date" + "; database " + database.shownByH2());
    }

    @Test
    void anIncompatibleSchemaIsOneWarningAndARefusal() {
      IncompatibleSchemaException refusal = refusal(orders().mode(Mode.STRICT).build());

      assertThat(refusal.status().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(refusal.getMessage().lines().toList())
          .startsWith("Schema Guard refused to start orders 1.4.2   [GUARD-UNINITIALIZED]")
          .endsWith("override  ORDERS_STRICT_SCHEMA=0 (warn only)");
      assertThat(log.lines())
          .containsExactly(
              "WARN Fresh database; 2 pending migration(s): none → 2\n" + refusal.getMessage());
    }

    @Test
    void aRefusalComesBeforeTheApplicationHasTouchedTheDatabase() throws Exception {
      RecordingDataSource recorded = new RecordingDataSource(database.dataSource());
      SchemaGuard guard =
          SchemaGuard.builder(recorded.dataSource())
              .matrix(orders().build().matrix())
              .mode(Mode.STRICT)
              .environment(name -> null)
              .build();
      assertThat(recorded.takeCalls()).as("asked by building a guard").isEmpty();

      assertThatExceptionOfType(IncompatibleSchemaException.class)
          .isThrownBy(
              () -> {
                guard.enforce();
                recorded.dataSource().getConnection().createStatement().execute("CREATE TABLE t");
              });

      assertThat(recorded.takeCalls())
          .contains("getSchema")
          .allMatch(call -> call.matches("SELECT .*|getSchema|isValid|isReadOnly"));
      Patience.untilNoGuardThread(Duration.ofSeconds(20));
    }

    @Test
    void whatCannotBeToldIsRefusedAsWell() throws SQLException {
      assertThat(refusal(unreachable().mode(Mode.STRICT).build()).status().verdict())
          .isEqualTo(Verdict.UNREACHABLE);
      assertThat(
              refusal(
                      orders()
                          .mode(Mode.STRICT)
                          .history(new HistoryLocation("NOWHERE", null, null))
                          .build())
                  .status()
                  .verdict())
          .isEqualTo(Verdict.UNREADABLE);

      applied("1", "2");
      CompatibilityMatrix other = CompatibilityMatrix.builder().row("9.9", "1", null, null).build();
      assertThat(refusal(orders().matrix(other).mode(Mode.STRICT).build()).status().verdict())
          .isEqualTo(Verdict.UNKNOWN_VERSION);
    }

    @Test
    void onUnreachableWarnRelaxesUnreachableAlone() throws SQLException {
      MigrationStatus status =
          unreachable().mode(Mode.STRICT).onUnreachable(Mode.WARN).build().enforce();

      assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0)).startsWith("WARN ").doesNotContain("override");

      SchemaGuardBuilder relaxed = orders().mode(Mode.STRICT).onUnreachable(Mode.WARN);
      assertThat(refusal(relaxed.build()).status().verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(
              refusal(relaxed.history(new HistoryLocation("NOWHERE", null, null)).build())
                  .status()
                  .verdict())
          .isEqualTo(Verdict.UNREADABLE);
    }
  }

  @Nested
  class AVariable {

    @Test
    void thatSetsTheModeIsLogged() throws SQLException {
      applied("1", "2");

      orders().environment(Map.of("SCHEMA_GUARD_STRICT", "yes")::get).build().enforce();

      assertThat(log.lines())
          .containsExactly(
              "INFO SCHEMA_GUARD_STRICT=yes sets the mode STRICT",
              "INFO orders 1.4.2: Schema is up to date" + "; database " + database.shownByH2());
    }

    @Test
    void thatMadeItStrictIsTheOneToOverrideWith() {
      SchemaGuard guard = orders().environment(Map.of("SCHEMA_GUARD_STRICT", "1")::get).build();

      assertThat(refusal(guard))
          .hasMessageEndingWith("\noverride  SCHEMA_GUARD_STRICT=0 (warn only)");
    }

    @Test
    void letsAStrictApplicationStart() {
      MigrationStatus status =
          orders()
              .mode(Mode.STRICT)
              .environment(Map.of("ORDERS_STRICT_SCHEMA", "0")::get)
              .build()
              .enforce();

      assertThat(status.compatible()).isFalse();
      assertThat(log.lines()).hasSize(2);
      assertThat(log.lines().get(0)).isEqualTo("INFO ORDERS_STRICT_SCHEMA=0 sets the mode WARN");
      assertThat(log.lines().get(1)).startsWith("WARN ");
    }
  }

  @Nested
  class Accepting {

    @Test
    void isLoggedWithEveryUse() throws SQLException {
      applied("1", "2", "x");
      SchemaGuard guard = orders().mode(Mode.STRICT).accept(List.of("x")).build();

      assertThat(guard.enforce().compatible()).isTrue();
      assertThat(guard.enforce().compatible()).isTrue();

      assertThat(log.lines())
          .containsExactly(
              "WARN Accepted ahead revisions: [x]",
              "INFO orders 1.4.2: Schema is compatible; database is 1 revision(s) ahead: 2 → x"
                  + "; database "
                  + database.shownByH2(),
              "WARN Accepted ahead revisions: [x]",
              "INFO orders 1.4.2: Schema is compatible; database is 1 revision(s) ahead: 2 → x"
                  + "; database "
                  + database.shownByH2());
    }

    @Test
    void isNotedInEveryStatus() throws SQLException {
      applied("1", "2", "x");

      assertThat(orders().accept(List.of("x")).build().check().notes())
          .containsExactly("x is accepted by an operator");
    }

    @Test
    void byTheVariableAddsToWhatIsConfigured() throws SQLException {
      applied("1", "2", "x", "y", "z");

      SchemaGuard guard =
          orders()
              .accept(List.of("x"))
              .environment(Map.of("SCHEMA_GUARD_ACCEPT", " y ,, db.xml::z::me,")::get)
              .build();

      assertThat(guard.check().verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    @Test
    void nothingByTheVariableAcceptsNothing() throws SQLException {
      applied("1", "2", "x");

      assertThat(
              orders()
                  .environment(Map.of("SCHEMA_GUARD_ACCEPT", " , ")::get)
                  .build()
                  .enforce()
                  .verdict())
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(log.lines()).hasSize(1);
    }

    @Test
    void doesNotLiftARefusal() throws SQLException {
      appliedWithMarker("x", "requires-app >= 1.5.0");

      SchemaGuard guard =
          orders()
              .mode(Mode.STRICT)
              .accept(List.of("x"))
              .environment(Map.of("SCHEMA_GUARD_ACCEPT", "x")::get)
              .build();

      assertThat(refusal(guard).status().verdict()).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void holdsForEveryVersionThatIsAskedAbout() throws SQLException {
      applied("1", "2", "x");

      assertThat(orders().accept(List.of("x")).build().check("1.4.2").verdict())
          .isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }
  }

  @Test
  void aCheckAloneLogsNothing() {
    orders().build().check();
    unreachable().build().check();

    assertThat(log.lines()).isEmpty();
  }
}
