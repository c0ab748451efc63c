// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A DataSource whose connections do not come, and that no interrupt and no timeout ends. */
class HangingDriverTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  private final TestDatabase database = H2.database();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);

  /** How many of the first connections hang, until the end. */
  private volatile int hanging = Integer.MAX_VALUE;

  private final DataSource stubborn =
      SimpleDataSource.of(
          () -> {
            if (connections.incrementAndGet() <= hanging) {
              awaitUninterruptibly(end);
            }
            return database.dataSource().getConnection();
          });

  @BeforeEach
  void migrate() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  @AfterEach
  void noThreadSurvives() throws InterruptedException {
    end.countDown();
    Patience.untilNoGuardThread(PATIENCE);
  }

  private SchemaGuard guard(Duration timeout) {
    return Statewave.guard(stubborn, "0.6.1")
        .timeout(timeout)
        .refreshInterval(Duration.ofNanos(1))
        .build();
  }

  @Test
  void aConnectionThatCannotBeGivenBackHidesNoAnswer() {
    DataSource clinging =
        SimpleDataSource.of(
            () -> {
              Connection real = database.dataSource().getConnection();
              return (Connection)
                  Proxy.newProxyInstance(
                      getClass().getClassLoader(),
                      new Class<?>[] {Connection.class},
                      (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                          awaitUninterruptibly(end);
                        }
                        return method.invoke(real, arguments);
                      });
            });

    MigrationStatus status = Statewave.guard(clinging, "0.6.1").timeout(TIMEOUT).build().check();

    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void gathersAHandfulOfThreads() {
    try (SchemaGuard guard = guard(Duration.ofMillis(1))) {
      MigrationStatus last = null;
      for (int i = 0; i < 1_000; i++) {
        last = guard.check();
      }

      assertThat(last.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(last.problem().code()).isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
      assertThat(last.error())
          .matches("\\d+ earlier checks still hang in the connection pool or the driver");
      assertThat(connections.get()).isBetween(5, 15);
    }
  }

  @Test
  void isAskedAgainThoughWhatHangsHangsForEver() {
    hanging = 6;
    try (SchemaGuard guard = guard(TIMEOUT)) {
      guard.addListener((before, now) -> {});
      Patience.until("it answers", PATIENCE, () -> connections.get() > hanging);
      Patience.until("it is told", PATIENCE, () -> guard.status().verdict() == Verdict.UP_TO_DATE);

      for (int i = 0; i < 100; i++) {
        assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      }
    }
  }

  @Test
  void isTriedAsOftenInASecondOutageAsInTheFirst() {
    try (SchemaGuard guard = guard(Duration.ofMillis(100))) {
      for (int i = 0; i < 8; i++) {
        guard.check();
      }
      int first = connections.get();
      hanging = 0;
      Patience.until("it answers", PATIENCE, () -> guard.check().compatible());
      hanging = Integer.MAX_VALUE;
      int between = connections.get();

      for (int i = 0; i < 8; i++) {
        guard.check();
      }

      assertThat(connections.get() - between).isEqualTo(first).isEqualTo(7);
    }
  }

  @Test
  void isToldAgainAtOnceByManyThreadsThatFoundThePoolExhausted() throws Exception {
    int threads = 64;
    CyclicBarrier together = new CyclicBarrier(threads);
    ExecutorService askers = Executors.newFixedThreadPool(threads);
    SchemaGuard guard = guard(TIMEOUT);
    try {
      assertThat(ask(askers, threads, together, guard)).containsOnly(Verdict.UNREACHABLE);

      end.countDown();
      Patience.untilNoGuardThread(PATIENCE);

      assertThat(ask(askers, threads, together, Statewave.guard(stubborn, "0.6.1").build()))
          .containsOnly(Verdict.UP_TO_DATE);
      assertThat(guard.check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    } finally {
      askers.shutdown();
    }
  }

  private static List<Verdict> ask(
      ExecutorService askers, int threads, CyclicBarrier together, SchemaGuard guard)
      throws Exception {
    List<CompletableFuture<Verdict>> answers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      answers.add(
          CompletableFuture.supplyAsync(
              () -> {
                meet(together);
                return guard.check().verdict();
              },
              askers));
    }
    List<Verdict> verdicts = new ArrayList<>();
    for (CompletableFuture<Verdict> answer : answers) {
      verdicts.add(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    }
    return verdicts;
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean over = false;
    while (!over) {
      try {
        latch.await();
        over = true;
      } catch (InterruptedException e) {
        // This driver does not hear it.
      }
    }
  }
}
