// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.h2.tools.Server;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaitTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  @Nested
  class GoesOn {

    @Test
    void untilLiquibaseHasFinished() throws Exception {
      TestDatabase database = Postgres.database();
      CountDownLatch waiting = new CountDownLatch(1);
      List<Verdict> heard = new ArrayList<>();
      CompletableFuture<Long> migration =
          CompletableFuture.supplyAsync(
              () -> {
                await(waiting);
                Statewave.update(database.dataSource(), Statewave.REVISIONS);
                return System.nanoTime();
              });

      MigrationStatus status =
          guard(database)
              .await(
                  LONG,
                  change -> {
                    heard.add(change.verdict());
                    waiting.countDown();
                  });

      long end = System.nanoTime();
      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(heard).startsWith(Verdict.UNINITIALIZED).doesNotContain(Verdict.UP_TO_DATE);
      assertThat(Duration.ofNanos(end - migration.get(10, TimeUnit.SECONDS)))
          .isLessThan(Duration.ofSeconds(6));
    }

    @Test
    void untilAServerIsThere() throws Exception {
      int port = freePort();
      String url = "jdbc:h2:tcp://localhost:" + port + "/mem:late;DB_CLOSE_DELAY=-1";
      TestDatabase database = new TestDatabase(url, "sa", "");
      AtomicReference<Server> server = new AtomicReference<>();
      List<Verdict> heard = new ArrayList<>();
      try {
        MigrationStatus status =
            guard(database)
                .await(
                    LONG,
                    change -> {
                      heard.add(change.verdict());
                      if (server.get() == null) {
                        server.set(start(port));
                        Statewave.update(database.dataSource(), Statewave.REVISIONS);
                      }
                    });

        assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
        assertThat(heard).containsExactly(Verdict.UNREACHABLE);
      } finally {
        database.execute("SHUTDOWN");
        server.get().stop();
      }
    }

    @Test
    void afterAFailureWhileALockIsHeld() throws Exception {
      TestDatabase database = migrated();
      database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 12");
      CountDownLatch failed = new CountDownLatch(1);
      AtomicReference<CompletableFuture<MigrationStatus>> waiting = new AtomicReference<>();

      run(database)
          .locked(
              () -> {
                waiting.set(
                    CompletableFuture.supplyAsync(
                        () -> guard(database).await(LONG, change -> failed.countDown())));
                await(failed);
                execute(database, "UPDATE DATABASECHANGELOG SET EXECTYPE = 'EXECUTED'");
              });

      assertThat(waiting.get().get(10, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void atStartUpIfAWaitTimeoutIsSet() throws Exception {
      TestDatabase database = H2.database();
      SchemaGuard guard =
          Statewave.guard(database.dataSource(), "0.6.1")
              .mode(Mode.STRICT)
              .waitTimeout(LONG)
              .build();
      CompletableFuture<MigrationStatus> starting = CompletableFuture.supplyAsync(guard::enforce);

      Statewave.update(database.dataSource(), Statewave.REVISIONS);

      assertThat(starting.get(10, TimeUnit.SECONDS).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Nested
  class Ends {

    @Test
    void atOnceWhereTheSchemaIsCompatible() throws SQLException {
      TestDatabase database = migrated();

      assertThat(verdictAtOnce(database, "0.6.1")).isEqualTo(Verdict.UP_TO_DATE);
      run(database)
          .locked(() -> assertThat(verdictAtOnce(database, "0.6.1")).isEqualTo(Verdict.UP_TO_DATE));
    }

    @Test
    void atOnceWhereTheDatabaseIsAhead() throws SQLException {
      assertThat(verdictAtOnce(migrated(), "0.5.0")).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void atOnceWhereTheVersionIsUnknown() throws SQLException {
      TestDatabase database = migrated();
      SchemaGuard guard =
          Statewave.guard(database.dataSource(), "9.0.0")
              .matrix(
                  CompatibilityMatrix.builder()
                      .row("0.6.1", "0012_add_health_cache", null, null)
                      .build())
              .build();

      assertThat(atOnce(guard)).isEqualTo(Verdict.UNKNOWN_VERSION);
    }

    @Test
    void atOnceAfterAFailureWithoutALock() throws SQLException {
      TestDatabase database = migrated();
      database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 12");

      assertThat(verdictAtOnce(database, "0.6.1")).isEqualTo(Verdict.FAILED);
    }

    @Test
    void atOnceAfterAFailureWithAStaleLock() throws SQLException {
      TestDatabase database = migrated();
      database.execute(
          "UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 12",
          "UPDATE DATABASECHANGELOGLOCK SET LOCKED = TRUE, LOCKEDBY = 'dead',"
              + " LOCKGRANTED = TIMESTAMP '2001-02-03 04:05:06'");

      assertThat(verdictAtOnce(database, "0.6.1")).isEqualTo(Verdict.FAILED);
    }

    @Test
    void atItsDeadlineWithWhatTheDatabaseSaidLast() {
      TestDatabase database = H2.database();
      Statewave.update(database.dataSource(), 9);
      Duration deadline = Duration.ofMillis(1_200);
      long start = System.nanoTime();

      MigrationStatus status = guard(database).await(deadline, change -> {});

      assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(500), deadline.plusMillis(500));
    }

    @Test
    void inARefusalOfAStrictStart() {
      TestDatabase database = H2.database();
      SchemaGuard guard =
          Statewave.guard(database.dataSource(), "0.6.1")
              .mode(Mode.STRICT)
              .waitTimeout(Duration.ofMillis(600))
              .build();

      assertThatExceptionOfType(IncompatibleSchemaException.class)
          .isThrownBy(guard::enforce)
          .satisfies(
              refusal -> assertThat(refusal.status().verdict()).isEqualTo(Verdict.UNINITIALIZED));
    }

    private static Verdict verdictAtOnce(TestDatabase database, String version) {
      return atOnce(Statewave.guard(database.dataSource(), version).build());
    }

    private static Verdict atOnce(SchemaGuard guard) {
      List<MigrationStatus> heard = new ArrayList<>();
      long start = System.nanoTime();
      MigrationStatus status = guard.await(LONG, heard::add);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(AT_ONCE);
      assertThat(heard).isEmpty();
      return status.verdict();
    }
  }

  private static TestDatabase migrated() {
    TestDatabase database = H2.database();
    run(database).update();
    return database;
  }

  private static LiquibaseRun run(TestDatabase database) {
    return Statewave.run(database.dataSource());
  }

  private static SchemaGuard guard(TestDatabase database) {
    return Statewave.guard(database.dataSource(), "0.6.1").build();
  }

  private static void execute(TestDatabase database, String sql) {
    try {
      database.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Server start(int port) {
    try {
      return Server.createTcpServer("-tcpPort", String.valueOf(port), "-ifNotExists").start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
