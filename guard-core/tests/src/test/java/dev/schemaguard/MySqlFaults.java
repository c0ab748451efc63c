// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.status.Verdict.UNREACHABLE;
import static dev.schemaguard.status.Verdict.UNREADABLE;
import static dev.schemaguard.status.Verdict.UP_TO_DATE;

import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Administrator.Sessions;
import dev.schemaguard.testing.ConnectionSource;
import dev.schemaguard.testing.ConnectionSource.Way;
import dev.schemaguard.testing.FaultTrial;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Faults between a guard and a database of MySQL or MariaDB, with one driver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MySqlFaults extends NetworkFaults {

  private static final String TABLE = "DATABASECHANGELOG";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String product;
  private final TestDatabase database;
  private final String role = "lent" + COUNT.incrementAndGet();

  MySqlFaults(String product, TestDatabase database) {
    this.product = product;
    this.database = database;
  }

  @BeforeAll
  void migrate() throws SQLException {
    ConnectionSource.migrate(database);
    database.execute(
        "CREATE USER %s IDENTIFIED BY '%s'".formatted(role, role),
        "GRANT SELECT ON %s.DATABASECHANGELOGLOCK TO %s".formatted(database.name(), role),
        grant());
  }

  private String grant() {
    return "GRANT SELECT ON %s.%s TO %s".formatted(database.name(), TABLE, role);
  }

  @Override
  FaultTrial trial(String fault, Way way, int rounds, Verdict... verdicts) {
    int fewer = (rounds + 2) / 3;
    return FaultTrial.of(fault + ", " + way + ", " + product, fewer, verdicts).recordedIn("mysql");
  }

  @Override
  TestDatabase lent() {
    return new TestDatabase(database.url(), role, role);
  }

  @Override
  TestDatabase observed() {
    return database;
  }

  @ParameterizedTest
  @EnumSource
  void aMigrationThatHasLockedTheHistory(Way way) throws Exception {
    try (Connection migration = database.dataSource().getConnection();
        ConnectionSource lender = ConnectionSource.of(way, lent(), database)) {
      trial("the history is under LOCK TABLES", way, 3, UNREACHABLE)
          .withProblem(TIMEOUT)
          .on(lender, () -> lock(migration), () -> unlock(migration));
    }
  }

  /** New readers queue behind an ALTER TABLE that waits for an earlier reader. */
  @ParameterizedTest
  @EnumSource
  void anAlterTableThatWaitsForAReader(Way way) throws Exception {
    CompletableFuture<?>[] altering = new CompletableFuture<?>[1];
    try (Connection reader = database.dataSource().getConnection();
        ConnectionSource lender = ConnectionSource.of(way, lent(), database)) {
      reader.setAutoCommit(false);
      trial("an ALTER TABLE waits for a metadata lock", way, 3, UNREACHABLE)
          .withProblem(TIMEOUT)
          .on(
              lender,
              () -> {
                read(reader);
                altering[0] = alter();
              },
              () -> {
                reader.rollback();
                altering[0].get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
              });
    }
  }

  private CompletableFuture<Void> alter() {
    CompletableFuture<Void> altering =
        CompletableFuture.runAsync(
            () -> {
              try {
                database.execute("ALTER TABLE " + TABLE + " ENGINE = InnoDB");
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    Patience.until(
        "the ALTER TABLE waits",
        PATIENCE,
        () ->
            !database
                .rows(
                    "SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'ALTER%'"
                        + " AND STATE LIKE 'Waiting for table%'")
                .isEmpty());
    return altering;
  }

  @Test
  void everyConnectionOfThePoolTaken() throws Exception {
    Connection[] taken = new Connection[1];
    try (ConnectionSource lender = ConnectionSource.of(Way.POOL, lent(), database)) {
      trial("every connection is taken", Way.POOL, 3, UNREACHABLE)
          .withProblem(TIMEOUT)
          .on(lender, () -> taken[0] = lender.pool().getConnection(), () -> taken[0].close());
    }
  }

  @ParameterizedTest
  @EnumSource
  void noConnectionLeftForTheRole(Way way) throws Exception {
    String only = "only" + COUNT.incrementAndGet();
    database.execute(
        "CREATE USER %s IDENTIFIED BY '%s' WITH MAX_USER_CONNECTIONS 1".formatted(only, only),
        "GRANT SELECT ON %s.* TO %s".formatted(database.name(), only));
    TestDatabase limited = new TestDatabase(database.url(), only, only);
    Connection[] taken = new Connection[1];
    try (ConnectionSource lender = ConnectionSource.givingUpFirst(way, limited, database)) {
      trial("the role is at its connection limit", way, 3, UNREACHABLE)
          .withProblem("GUARD-UNREACHABLE-CONNECTIONS")
          .on(
              lender,
              () -> {
                if (way == Way.POOL) {
                  // The pool does not notice yet, and so does not connect again.
                  lender.terminate(Sessions.IDLE);
                }
                taken[0] = limited.dataSource().getConnection();
                evict(lender);
              },
              () -> taken[0].close());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anOldPassword(Way way) throws Exception {
    try (ConnectionSource lender = ConnectionSource.givingUpFirst(way, lent(), database)) {
      trial("the role's password is changed", way, 4, UNREACHABLE)
          .withProblem("GUARD-UNREACHABLE-LOGIN")
          .on(
              lender,
              () -> {
                alterRole("IDENTIFIED BY 'changed'");
                evict(lender);
              },
              () -> alterRole("IDENTIFIED BY '" + role + "'"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aSelectThatWasAllowedBefore(Way way) throws Exception {
    try (ConnectionSource lender = ConnectionSource.patient(way, lent(), database)) {
      trial("the role's SELECT right is revoked", way, 10, UNREADABLE)
          .withProblem("GUARD-UNREADABLE-PERMISSION")
          .on(
              lender,
              () ->
                  database.execute(
                      "REVOKE SELECT ON %s.%s FROM %s".formatted(database.name(), TABLE, role)),
              () -> database.execute(grant()));
    }
  }

  @Test
  void anIdleConnectionThatIsKilled() throws Exception {
    try (ConnectionSource lender = ConnectionSource.of(Way.POOL, lent(), database)) {
      trial("an idle connection is killed", Way.POOL, 10, UNREACHABLE, UP_TO_DATE)
          .on(lender, () -> lender.terminate(Sessions.IDLE), () -> {});
    }
  }

  @ParameterizedTest
  @EnumSource
  void aConnectionThatIsKilledAmidACheck(Way way) throws Exception {
    try (Connection migration = database.dataSource().getConnection();
        ConnectionSource lender = ConnectionSource.patient(way, lent(), database)) {
      trial("the connection is killed amid a check", way, 5, UNREACHABLE)
          .withProblem("GUARD-UNREACHABLE")
          .on(
              lender,
              () -> {
                lock(migration);
                var unused =
                    CompletableFuture.runAsync(
                        () -> lender.terminate(Sessions.WAITING_FOR_A_TABLE));
              },
              () -> unlock(migration));
    }
  }

  private static void lock(Connection connection) throws SQLException {
    execute(connection, "LOCK TABLES " + TABLE + " WRITE");
  }

  private static void unlock(Connection connection) throws SQLException {
    execute(connection, "UNLOCK TABLES");
  }

  private static void read(Connection connection) throws SQLException {
    execute(connection, "SELECT COUNT(*) FROM " + TABLE);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void alterRole(String change) throws SQLException {
    database.execute("ALTER USER " + role + " " + change);
  }

  /** Lets the pool open a new connection, which is what a changed role applies to. */
  private static void evict(ConnectionSource lender) {
    HikariDataSource pool = lender.pool();
    if (pool != null) {
      pool.getHikariPoolMXBean().softEvictConnections();
    }
  }
}
