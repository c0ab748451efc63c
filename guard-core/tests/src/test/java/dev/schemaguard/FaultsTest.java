// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.status.Verdict.AHEAD_UNKNOWN;
import static dev.schemaguard.status.Verdict.UNREACHABLE;
import static dev.schemaguard.status.Verdict.UNREADABLE;
import static dev.schemaguard.status.Verdict.UP_TO_DATE;

import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Administrator.Sessions;
import dev.schemaguard.testing.ConnectionSource;
import dev.schemaguard.testing.ConnectionSource.Way;
import dev.schemaguard.testing.FaultTrial;
import dev.schemaguard.testing.FaultTrial.Action;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What breaks between a guard and its database: the answer is right and in time, nothing is left
 * behind, and all is well once it is mended.
 */
@Tag("faults")
class FaultsTest {

  private static final String TIMEOUT = "GUARD-UNREACHABLE-TIMEOUT";
  private static final String SCHEMA = "history";
  private static final String TABLE = SCHEMA + ".databasechangelog";

  private static final TestDatabase DATABASE = Postgres.database();

  private static String role;
  private static TestDatabase asRole;

  @BeforeAll
  static void migrate() throws SQLException {
    ConnectionSource.migrate(DATABASE);
    role = Postgres.role("lent");
    asRole = new TestDatabase(DATABASE.url(), role, role);
    DATABASE.execute(
        "GRANT USAGE ON SCHEMA %s TO %s".formatted(SCHEMA, role),
        "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s".formatted(SCHEMA, role));
  }

  @Nested
  class ANetworkThatBreaks extends NetworkFaults {

    @Override
    FaultTrial trial(String fault, Way way, int rounds, Verdict... verdicts) {
      return FaultsTest.trial(fault, way, rounds, verdicts);
    }

    @Override
    TestDatabase lent() {
      return asRole;
    }

    @Override
    TestDatabase observed() {
      return DATABASE;
    }
  }

  @Nested
  class ADatabaseThatIsBusy {

    @ParameterizedTest
    @EnumSource
    void withTheHistoryUnderAnExclusiveLock(Way way) throws Exception {
      FaultTrial trial =
          trial("the history is under an ACCESS EXCLUSIVE lock", way, 3, UNREACHABLE);
      try (Connection migration = DATABASE.dataSource().getConnection();
          ConnectionSource lender = ConnectionSource.of(way, asRole, DATABASE)) {
        trial
            .withProblem(TIMEOUT)
            .on(lender, () -> lockExclusively(migration), migration::rollback);
      }
    }

    @Test
    void withEveryConnectionOfThePoolTaken() throws Exception {
      List<Connection> taken = new ArrayList<>();
      try (ConnectionSource lender = ConnectionSource.of(Way.POOL, asRole, DATABASE)) {
        trial("every connection is taken", Way.POOL, 3, UNREACHABLE)
            .withProblem(TIMEOUT)
            .on(
                lender,
                () -> taken.add(lender.pool().getConnection()),
                () -> taken.remove(0).close());
      }
    }

    @ParameterizedTest
    @EnumSource
    void withNoConnectionLeftForTheRole(Way way) throws Exception {
      try (ConnectionSource lender = ConnectionSource.givingUpFirst(way, asRole, DATABASE)) {
        trial("the role is at its connection limit", way, 3, UNREACHABLE)
            .withProblem("GUARD-UNREACHABLE-CONNECTIONS")
            .on(
                lender,
                () -> {
                  alterRole("CONNECTION LIMIT 0");
                  evict(lender);
                },
                () -> alterRole("CONNECTION LIMIT -1"));
      }
    }

    @ParameterizedTest
    @EnumSource
    void withAStatementTimeoutThatCutsTheGuardOff(Way way) throws Exception {
      cutOff("statement_timeout", way);
    }

    @ParameterizedTest
    @EnumSource
    void withALockTimeoutThatCutsTheGuardOff(Way way) throws Exception {
      cutOff("lock_timeout", way);
    }

    private void cutOff(String setting, Way way) throws Exception {
      FaultTrial trial =
          trial("the role's " + setting + " passes before a lock is gone", way, 3, UNREACHABLE);
      try (Connection migration = DATABASE.dataSource().getConnection();
          ConnectionSource lender = ConnectionSource.patient(way, asRole, DATABASE)) {
        trial
            .withProblem("GUARD-UNREACHABLE-TIMEOUT")
            .on(
                lender,
                () -> {
                  alterRole("SET " + setting + " = '50ms'");
                  evict(lender);
                  lockExclusively(migration);
                },
                () -> {
                  migration.rollback();
                  alterRole("RESET " + setting);
                  evict(lender);
                });
      }
    }

    @ParameterizedTest
    @EnumSource
    void withAHundredThousandRerunsInTheHistory(Way way) throws Exception {
      manyRows("100,000 reruns in the history", way, UP_TO_DATE, "id", "'RERAN'");
    }

    @ParameterizedTest
    @EnumSource
    void withAHundredThousandUnknownRevisionsInTheHistory(Way way) throws Exception {
      manyRows(
          "100,000 unknown revisions in the history", way, AHEAD_UNKNOWN, "'x' || n", "'EXECUTED'");
    }

    private void manyRows(String fault, Way way, Verdict verdict, String id, String type)
        throws Exception {
      String insert =
          """
          INSERT INTO %1$s (id, author, filename, dateexecuted, orderexecuted, exectype)
          SELECT %2$s, author, filename, dateexecuted, orderexecuted + n, %3$s
          FROM %1$s, generate_series(1, 100000) n WHERE orderexecuted = %4$d
          """
              .formatted(TABLE, id, type, Statewave.REVISIONS);
      try (ConnectionSource lender = ConnectionSource.patient(way, asRole, DATABASE)) {
        trial(fault, way, 2, verdict)
            .on(
                lender,
                () -> DATABASE.execute(insert),
                () ->
                    DATABASE.execute(
                        "DELETE FROM " + TABLE + " WHERE orderexecuted > " + Statewave.REVISIONS));
      }
    }
  }

  @Nested
  class ADatabaseThatRefuses {

    @ParameterizedTest
    @EnumSource
    void anOldPassword(Way way) throws Exception {
      try (ConnectionSource lender = ConnectionSource.givingUpFirst(way, asRole, DATABASE)) {
        trial("the role's password is changed", way, 4, UNREACHABLE)
            .withProblem("GUARD-UNREACHABLE-LOGIN")
            .on(
                lender,
                () -> {
                  alterRole("PASSWORD 'changed'");
                  evict(lender);
                },
                () -> alterRole("PASSWORD '" + role + "'"));
      }
    }

    @ParameterizedTest
    @EnumSource
    void aSelectThatItAllowedBefore(Way way) throws Exception {
      try (ConnectionSource lender = ConnectionSource.patient(way, asRole, DATABASE)) {
        trial("the role's SELECT right is revoked", way, 10, UNREADABLE)
            .withProblem("GUARD-UNREADABLE-PERMISSION")
            .on(
                lender,
                () -> DATABASE.execute("REVOKE SELECT ON %s FROM %s".formatted(TABLE, role)),
                () -> DATABASE.execute("GRANT SELECT ON %s TO %s".formatted(TABLE, role)));
      }
    }
  }

  @Nested
  class AnAdministratorWho {

    @Test
    void terminatesAnIdleConnectionOfThePool() throws Exception {
      try (ConnectionSource lender = ConnectionSource.of(Way.POOL, asRole, DATABASE)) {
        trial("an idle connection is terminated", Way.POOL, 10, UNREACHABLE, UP_TO_DATE)
            .on(lender, () -> lender.terminate(Sessions.IDLE), () -> {});
      }
    }

    @ParameterizedTest
    @EnumSource
    void terminatesTheConnectionAmidACheck(Way way) throws Exception {
      FaultTrial trial = trial("the connection is terminated amid a check", way, 5, UNREACHABLE);
      try (Connection migration = DATABASE.dataSource().getConnection();
          ConnectionSource lender = ConnectionSource.patient(way, asRole, DATABASE)) {
        trial
            .withProblem("GUARD-UNREACHABLE")
            .on(
                lender,
                () -> {
                  lockExclusively(migration);
                  inBackground(() -> lender.terminate(Sessions.WAITING_FOR_A_TABLE));
                },
                migration::rollback);
      }
    }

    private void inBackground(Action action) {
      new Thread(
              () -> {
                try {
                  action.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              })
          .start();
    }
  }

  @Nested
  class AServerThatGoesDownAndComesBack {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
      server = PostgresServer.started();
      ConnectionSource.migrate(server.database());
    }

    @AfterAll
    static void remove() throws Exception {
      server.close();
    }

    @Test
    void stoppedForAWhile() throws Exception {
      duringChecks("the server is stopped during checks", 2, server::stop, true);
    }

    @Test
    void restarted() throws Exception {
      duringChecks("the server is restarted during checks", 3, server::stop, false);
    }

    @Test
    void killed() throws Exception {
      duringChecks("the server is killed during checks", 3, server::kill, true);
    }

    private void duringChecks(String fault, int rounds, Action down, boolean untilNoticed)
        throws Exception {
      TestDatabase database = server.database();
      try (ConnectionSource pooled = ConnectionSource.of(Way.POOL, database, database);
          ConnectionSource unpooled = ConnectionSource.of(Way.NO_POOL, database, database)) {
        new ServerOutage(down, server::start, untilNoticed)
            .strike(
                FaultTrial.of(fault, rounds, UNREACHABLE, UP_TO_DATE), List.of(pooled, unpooled));
      }
    }
  }

  private static FaultTrial trial(String fault, Way way, int rounds, Verdict... verdicts) {
    return FaultTrial.of(fault + ", " + way, (rounds + 1) / 2, verdicts);
  }

  private static void lockExclusively(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE " + TABLE + " IN ACCESS EXCLUSIVE MODE");
    }
  }

  private static void alterRole(String change) throws SQLException {
    DATABASE.execute("ALTER ROLE \"" + role + "\" " + change);
  }

  /** Lets the pool open a new connection, which is what a changed role applies to. */
  private static void evict(ConnectionSource lender) {
    HikariDataSource pool = lender.pool();
    if (pool != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }
}
