// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TcpProxy;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every check ends in time, and leaves nothing behind, whatever hangs; what is broken and mended
 * again on PostgreSQL is in {@link FaultsTest}.
 */
class BoundedCheckTest {

  private static final Duration TIMEOUT = Duration.ofMillis(400);
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static TestDatabase postgres;

  @BeforeAll
  static void migrate() {
    postgres = Postgres.database();
    Statewave.update(postgres.dataSource(), Statewave.REVISIONS);
  }

  @AfterEach
  void noThreadOfTheGuardSurvives() throws InterruptedException {
    Patience.untilNoGuardThread(PATIENCE);
  }

  @Nested
  class AConnectionThatDoesNotCome {

    @Test
    void fromADataSourceThatCannotBeInterrupted() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      AtomicReference<Connection> late = new AtomicReference<>();
      DataSource stubborn =
          SimpleDataSource.of(
              () -> {
                awaitUninterruptibly(release);
                late.set(postgres.dataSource().getConnection());
                return late.get();
              });

      assertTimesOut(stubborn, "the connection pool");

      release.countDown();
      Patience.untilNoGuardThread(PATIENCE);
      assertThat(late.get().isClosed()).isTrue();
    }

    @Test
    void fromAPostgresThatAcceptsAndNeverAnswers() throws IOException, InterruptedException {
      try (TcpProxy nowhere = TcpProxy.toNowhere()) {
        assertTimesOut(
            postgres.withUrl("jdbc:postgresql://localhost:" + nowhere.port() + "/x").dataSource(),
            "the connection pool");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void fromAMySqlOrMariaDbThatAcceptsAndNeverAnswers(String driver) throws IOException {
      try (TcpProxy nowhere = TcpProxy.toNowhere()) {
        assertTimesOut(
            postgres
                .withUrl("jdbc:%s://localhost:%d/x".formatted(driver, nowhere.port()))
                .dataSource(),
            "the connection pool");
      }
    }
  }

  @Nested
  class AnAnswerThatDoesNotCome {

    @Test
    void fromAPostgresTableUnderAnExclusiveLock() throws SQLException {
      try (Connection migration = postgres.dataSource().getConnection();
          HikariDataSource pool = pool(postgres)) {
        lockExclusively(migration);

        assertTimesOut(pool, "the database");

        untilNobodyWaitsForALock();
        Patience.until(
            "the connection is back",
            PATIENCE,
            () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
        migration.rollback();
        assertThat(check(pool).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }

    @Test
    @RequiresMariaDb
    void fromALockedMariaDbTable() throws SQLException {
      fromALockedTable(MariaDb.database());
    }

    @Test
    @RequiresMySql
    void fromALockedMySqlTable() throws SQLException {
      fromALockedTable(MySql.database());
      fromALockedTable(MySql.byMariaDbDriver(MySql.database()));
    }

    private void fromALockedTable(TestDatabase database) throws SQLException {
      Statewave.update(database.dataSource(), Statewave.REVISIONS);
      try (Connection migration = database.dataSource().getConnection();
          Statement statement = migration.createStatement();
          HikariDataSource pool = pool(database)) {
        statement.execute("LOCK TABLES DATABASECHANGELOG WRITE");

        assertTimesOut(pool, "the database");

        Patience.until(
            "nobody waits for the lock",
            PATIENCE,
            () ->
                database
                    .rows(
                        "SELECT ID FROM information_schema.PROCESSLIST WHERE STATE LIKE 'Waiting for table%'")
                    .isEmpty());
        statement.execute("UNLOCK TABLES");
        Patience.until(
            "the database answers again",
            PATIENCE,
            () -> check(pool).verdict() == Verdict.UP_TO_DATE);
      }
    }

    /**
     * MariaDB's driver cannot even abort while it is read from: the thread ends with the network.
     */
    @Test
    @RequiresMariaDb
    void fromAMariaDbBehindANetworkThatBreaks() throws Exception {
      behindANetworkThatBreaks(MariaDb.database());
    }

    @Test
    @RequiresMySql
    void fromAMySqlBehindANetworkThatBreaks() throws Exception {
      behindANetworkThatBreaks(MySql.database());
    }

    private void behindANetworkThatBreaks(TestDatabase database) throws Exception {
      Statewave.update(database.dataSource(), Statewave.REVISIONS);
      try (TcpProxy network = TcpProxy.to(database.port())) {
        DataSource breaking =
            SimpleDataSource.of(
                () -> {
                  Connection connection =
                      database.through(network.port()).dataSource().getConnection();
                  network.freeze();
                  return connection;
                });

        assertTimesOut(breaking, "the database");
      }
    }
  }

  @Nested
  class AnInterrupt {

    @Test
    void endsACheckAtOnceAndStaysSet() throws Exception {
      try (Connection migration = postgres.dataSource().getConnection()) {
        lockExclusively(migration);
        SchemaGuard guard =
            Statewave.guard(postgres.dataSource(), "0.6.1").timeout(Duration.ofMinutes(1)).build();

        assertEndsAtOnce(guard::check);

        untilNobodyWaitsForALock();
        migration.rollback();
      }
    }

    @Test
    void endsAWaitAtOnceAndStaysSet() throws Exception {
      TestDatabase fresh = Postgres.database();
      SchemaGuard guard = Statewave.guard(fresh.dataSource(), "0.6.1").build();

      assertEndsAtOnce(() -> guard.await(Duration.ofMinutes(1), status -> {}));
    }

    @Test
    void thatCameBeforeIsHeardToo() throws Exception {
      SchemaGuard guard = Statewave.guard(postgres.dataSource(), "0.6.1").build();
      Thread.currentThread().interrupt();
      try {
        assertThat(guard.check().error()).isEqualTo("the check was interrupted");
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }

    private void assertEndsAtOnce(Supplier<MigrationStatus> question) throws Exception {
      AtomicBoolean flag = new AtomicBoolean();
      AtomicReference<MigrationStatus> answer = new AtomicReference<>();
      Thread asking =
          new Thread(
              () -> {
                answer.set(question.get());
                flag.set(Thread.currentThread().isInterrupted());
              });
      asking.start();
      Patience.until("it waits", PATIENCE, () -> asking.getState() == Thread.State.TIMED_WAITING);

      asking.interrupt();
      asking.join(SLACK.toMillis());

      assertThat(asking.isAlive()).isFalse();
      assertThat(answer.get().compatible()).isFalse();
      assertThat(flag).isTrue();
    }
  }

  private static void untilNobodyWaitsForALock() {
    Patience.until(
        "no backend waits for a lock",
        PATIENCE,
        () ->
            postgres
                .rows(
                    "SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                .isEmpty());
  }

  private static void lockExclusively(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");
    }
  }

  private static HikariDataSource pool(TestDatabase database) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(1);
    config.setPoolName("test");
    return new HikariDataSource(config);
  }

  private static MigrationStatus check(DataSource dataSource) {
    return guard(dataSource).check();
  }

  private static SchemaGuard guard(DataSource dataSource) {
    return Statewave.guard(dataSource, "0.6.1").timeout(TIMEOUT).build();
  }

  private static void assertTimesOut(DataSource dataSource, String whom) {
    assertTimesOut(guard(dataSource), whom);
  }

  private static void assertTimesOut(SchemaGuard guard, String whom) {
    long start = System.nanoTime();
    MigrationStatus status = guard.check();
    Duration took = Duration.ofNanos(System.nanoTime() - start);

    assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
    assertThat(status.error()).startsWith("no answer from " + whom).endsWith(" within 400 ms");
    assertThat(took).isBetween(TIMEOUT, TIMEOUT.plus(SLACK));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
