// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.Tool;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.tool.Tools;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A role that may do nothing but SELECT is enough, and nothing is changed by it. */
class SelectOnlyRoleTest {

  private final TestDatabase database = Postgres.database();
  private String role;

  @BeforeEach
  void createRole() throws SQLException {
    role = Postgres.role("reader");
    database.execute(
        "REVOKE ALL ON DATABASE %s FROM PUBLIC"
            .formatted(database.value("SELECT current_database()")),
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        "GRANT CONNECT ON DATABASE %s TO %s"
            .formatted(database.value("SELECT current_database()"), role),
        "GRANT USAGE ON SCHEMA public TO " + role);
  }

  @ParameterizedTest
  @CsvSource({
    "0.6.1, UP_TO_DATE, true",
    "0.6.1, UP_TO_DATE, false",
    "0.5.0, AHEAD_UNKNOWN, true",
    "0.5.0, AHEAD_UNKNOWN, false"
  })
  void everyQuestionLeavesTheDatabaseAsItWas(String version, Verdict verdict, boolean autoCommit)
      throws SQLException {
    migrate();
    // What dead rows a reader would tidy up on its way is tidied up before.
    database.execute("VACUUM");
    Footprint before = Footprint.of(database);

    assertEveryQuestionIsAnswered(dataSource(autoCommit), version, verdict);

    assertThat(Footprint.of(database)).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aFreshDatabaseIsStillFreshAfterwards(boolean autoCommit) throws SQLException {
    database.execute("VACUUM");
    Footprint before = Footprint.of(database);

    assertEveryQuestionIsAnswered(dataSource(autoCommit), "0.6.1", Verdict.UNINITIALIZED);

    assertThat(Footprint.of(database)).isEqualTo(before);
    assertThat(before.relations()).isEmpty();
  }

  @Test
  void aReaderTakesNoLockButThatOfASelect() throws SQLException {
    migrate();
    List<String> locks = new ArrayList<>();
    SchemaGuard guard =
        Statewave.guard(dataSource(false), "0.5.0")
            .historyReader(new Observed(session -> locks.addAll(locksOf(session))))
            .build();

    guard.checkWithLock();

    // Its own transaction number, and what every SELECT takes on the tables that it reads.
    assertThat(locks)
        .isNotEmpty()
        .containsOnly("virtualxid ExclusiveLock", "relation AccessShareLock");
  }

  @Test
  void aMigrationIsNotHeldUp() throws SQLException {
    migrate();
    SchemaGuard guard =
        Statewave.guard(dataSource(true), "0.5.0")
            .historyReader(
                new Observed(
                    session -> database.execute("ALTER TABLE databasechangelog ADD more INT")))
            .build();

    assertThat(guard.check().verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void aSessionThatIsReadOnlyByDefaultIsEnough() throws SQLException {
    migrate();
    database.execute("ALTER ROLE %s SET default_transaction_read_only = on".formatted(role));

    assertEveryQuestionIsAnswered(dataSource(true), "0.6.1", Verdict.UP_TO_DATE);
    assertEveryQuestionIsAnswered(dataSource(false), "0.5.0", Verdict.AHEAD_UNKNOWN);
  }

  @Test
  void aRoleThatLacksEveryRightIsLedToThemStepByStep() throws SQLException {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute("REVOKE USAGE ON SCHEMA public FROM " + role);
    SchemaGuard guard = Statewave.guard(dataSource(true), "0.6.1").mode(Mode.STRICT).build();

    assertThat(guard.check().verdict()).isEqualTo(Verdict.UNREADABLE);
    database.execute(guard.check().problem().actions().get(0));

    assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  private void migrate() throws SQLException {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    database.execute("GRANT SELECT ON databasechangelog, databasechangeloglock TO " + role);
  }

  private void assertEveryQuestionIsAnswered(
      DataSource dataSource, String version, Verdict verdict) {
    try (SchemaGuard guard =
        Statewave.guard(dataSource, version).refreshInterval(Duration.ofMillis(10)).build()) {
      assertThat(guard.check().verdict()).as(guard.check().summary()).isEqualTo(verdict);
      assertThat(guard.checkWithLock().verdict()).isEqualTo(verdict);
      assertThat(guard.preflight().status().verdict()).isEqualTo(verdict);
      assertThat(guard.enforce().verdict()).isEqualTo(verdict);
      MigrationStatus before = guard.status();
      Patience.until(
          "the status is refreshed",
          Duration.ofSeconds(20),
          () -> guard.status().checkedAt().isAfter(before.checkedAt()));
      assertThat(guard.status().verdict()).isEqualTo(verdict);
      assertThat(guard.status().stale()).isNull();
    }
  }

  private DataSource dataSource(boolean autoCommit) {
    DataSource dataSource = database.as(role, role);
    return SimpleDataSource.of(
        () -> {
          Connection connection = dataSource.getConnection();
          connection.setAutoCommit(autoCommit);
          return connection;
        });
  }

  private List<String> locksOf(ReadSession session) throws SQLException {
    int pid = session.query("SELECT pg_backend_pid()", List.of(), row -> row.getInt(1)).get(0);
    return database.rows(
        "SELECT locktype || ' ' || mode FROM pg_locks WHERE pid = %d AND granted".formatted(pid));
  }

  /**
   * Everything that a write would leave behind. A transaction that writes takes a number, whatever
   * it writes; what is written goes to the write-ahead log.
   */
  private record Footprint(
      String nextTransaction,
      String endOfLog,
      List<String> relations,
      List<String> history,
      List<String> lock) {

    static Footprint of(TestDatabase database) throws SQLException {
      List<String> relations =
          database.rows(
              "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                  + " ORDER BY relname");
      boolean migrated = relations.contains("databasechangelog|r");
      return new Footprint(
          database.value("SELECT pg_snapshot_xmax(pg_current_snapshot())"),
          database.value("SELECT pg_current_wal_insert_lsn()"),
          relations,
          migrated ? database.rows("SELECT ctid, xmin, xmax, * FROM databasechangelog") : List.of(),
          migrated
              ? database.rows("SELECT ctid, xmin, xmax, * FROM databasechangeloglock")
              : List.of());
    }
  }

  /** Liquibase's reader, looked at while its connection is still borrowed. */
  private record Observed(HistoryReader reader, Observer observer) implements HistoryReader {

    @FunctionalInterface
    interface Observer {
      void look(ReadSession session) throws SQLException;
    }

    Observed(Observer observer) {
      this(Tools.reader(Tool.LIQUIBASE, HistoryLocation.DEFAULT), observer);
    }

    @Override
    public String tool() {
      return reader.tool();
    }

    @Override
    public String migrationTerm() {
      return reader.migrationTerm();
    }

    @Override
    public HistoryResult read(ReadSession session) throws SQLException {
      HistoryResult reading = reader.read(session);
      observer.look(session);
      return reading;
    }

    @Override
    public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
      return reader.lock(session);
    }

    @Override
    public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
      return reader.otherTables(session, place);
    }
  }
}
