// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FaultTrial.Action;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.PostgresServer;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A server that goes down under those who run on it, and under those who wait for it. */
class OutageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Silent, for broken connections are its daily bread here; held, lest it lose its level. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  private static PostgresServer server;

  private final List<MigrationStatus> heard = new CopyOnWriteArrayList<>();
  private HikariDataSource pool;

  @BeforeAll
  static void start() throws Exception {
    POOL_LOG.setLevel(Level.OFF);
    server = PostgresServer.started();
  }

  @AfterAll
  static void remove() throws Exception {
    server.close();
    POOL_LOG.setLevel(null);
  }

  @BeforeEach
  void openPool() throws Exception {
    server.database().execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.database().url());
    config.setUsername(server.database().user());
    config.setPassword(server.database().password());
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(500);
    config.setValidationTimeout(250);
    pool = new HikariDataSource(config);
  }

  @AfterEach
  void nothingIsLeftBehind() throws Exception {
    Patience.untilNoGuardThread(PATIENCE);
    assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    pool.close();
  }

  private SchemaGuardBuilder guard() {
    return Statewave.guard(pool, "0.6.1").mode(Mode.STRICT);
  }

  private void migrate(int count) {
    TestDatabase database = server.database();
    Statewave.update(database.dataSource(), count);
  }

  @Test
  void aServerThatShutsDownIsWaitedFor() throws Exception {
    migrate(12);
    SchemaGuard guard = Statewave.guard(server.database().dataSource(), "0.6.1").build();
    try (Connection session = pool.getConnection()) {
      assertThat(session.isValid(1)).isTrue();
      server.beginToStop();
      Patience.until(
          "it refuses new sessions",
          PATIENCE,
          () -> guard.check().verdict() == Verdict.UNREACHABLE);

      MigrationStatus status = guard.check();

      assertThat(status.error()).contains("the database system is shutting down");
      assertThat(status.problem().title())
          .isEqualTo("The database is starting up or shutting down");
      assertThat(status.problem().actions()).singleElement().asString().startsWith("wait for it");
    } finally {
      server.stop();
      server.start();
    }
    assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Nested
  class AnInstanceThatRuns {

    @Test
    void staysReadyForRequestsWhileTheServerIsStopped() throws Exception {
      staysThrough(server::stop, server::start);
      Figures.record("outages", "the server is stopped under a running instance", 1, 0);
    }

    @Test
    void staysReadyForRequestsWhileTheServerIsKilled() throws Exception {
      staysThrough(server::kill, server::start);
      Figures.record("outages", "the server is killed under a running instance", 1, 0);
    }

    @Test
    void staysReadyForRequestsThroughAFailover() throws Exception {
      staysThrough(server::kill, server::startAsStandby);
      staysThrough(server::promote);
      Figures.record("outages", "the server fails over under a running instance", 1, 0);
    }

    private void staysThrough(Action down, Action up) throws Exception {
      migrate(12);
      try (SchemaGuard guard = guard().refreshInterval(Duration.ofMillis(20)).build()) {
        guard.enforce();
        assertThat(guard.readiness()).isEqualTo(Readiness.READY);

        down.run();
        Patience.until("it is noticed", PATIENCE, () -> guard.status().stale() != null);
        assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
        assertThat(guard.readiness()).isEqualTo(Readiness.DEGRADED);

        up.run();
        Patience.until("it is over", PATIENCE, () -> guard.readiness() == Readiness.READY);
        assertThat(guard.status().stale()).isNull();
      }
    }

    /** A promotion breaks no connection, so nothing is to be noticed. */
    private void staysThrough(Action promotion) throws Exception {
      try (SchemaGuard guard = guard().refreshInterval(Duration.ofMillis(20)).build()) {
        assertThat(guard.enforce().verdict()).isEqualTo(Verdict.UP_TO_DATE);
        promotion.run();
        assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }
  }

  @Nested
  class AnInstanceThatWaits {

    @Test
    void waitsForAServerThatIsDownAndThenForItsMigration() throws Exception {
      migrate(9);
      server.stop();
      CompletableFuture<MigrationStatus> waiting = waiting();
      untilHeard(Verdict.UNREACHABLE);

      server.start();
      untilHeard(Verdict.BEHIND);
      migrate(3);

      assertThat(waiting.get(60, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      Figures.record("outages", "a wait begins while the server is down", 1, 0);
    }

    @Test
    void goesOnWhereTheServerIsKilledAmidTheMigration() throws Exception {
      migrate(4);
      CompletableFuture<MigrationStatus> waiting = waiting();
      untilHeard(Verdict.BEHIND);
      migrate(4);

      server.kill();
      untilHeard(Verdict.UNREACHABLE);
      server.start();
      migrate(4);

      assertThat(waiting.get(60, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      Figures.record("outages", "the server is killed amid the migration that is waited for", 1, 0);
    }

    @Test
    void isToldTheTruthByAStandbyInRecovery() throws Exception {
      migrate(9);
      server.stop();
      server.startAsStandby();
      CompletableFuture<MigrationStatus> waiting = waiting();
      untilHeard(Verdict.BEHIND);

      server.promote();
      migrate(3);

      assertThat(waiting.get(60, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      Figures.record("outages", "a wait begins on a standby that is promoted", 1, 0);
    }

    private CompletableFuture<MigrationStatus> waiting() {
      return CompletableFuture.supplyAsync(() -> guard().build().await(LONG, heard::add));
    }

    private void untilHeard(Verdict verdict) {
      Patience.until(
          "it waits on " + verdict,
          PATIENCE,
          () -> !heard.isEmpty() && heard.get(heard.size() - 1).verdict() == verdict);
    }
  }
}
