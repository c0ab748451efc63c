// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations by which people mean "for ever", though they have more nanoseconds than a long. */
class LongDurationsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final TestDatabase database = H2.database();
  private final AtomicInteger connections = new AtomicInteger();

  static Duration[] forEver() {
    return new Duration[] {
      ChronoUnit.FOREVER.getDuration(), Duration.ofDays(400_000), Duration.ofNanos(Long.MAX_VALUE)
    };
  }

  @AfterEach
  void noThreadSurvives() throws InterruptedException {
    Patience.untilNoGuardThread(PATIENCE);
  }

  private SchemaGuardBuilder guard(Duration duration) {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    return Statewave.guard(
            SimpleDataSource.of(
                () -> {
                  connections.incrementAndGet();
                  return database.dataSource().getConnection();
                }),
            "0.6.1")
        .timeout(duration)
        .waitTimeout(duration)
        .refreshInterval(duration);
  }

  @ParameterizedTest
  @MethodSource("forEver")
  void areAcceptedEverywhere(Duration forEver) {
    try (SchemaGuard guard = guard(forEver).build()) {
      MigrationStatus enforced = guard.enforce();

      assertThat(enforced.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.status()).isSameAs(enforced);
      assertThat(guard.await(forEver, status -> {}).compatible()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("forEver")
  void betweenTwoRefreshesLeaveTheDatabaseAlone(Duration forEver) {
    LiveStatus live =
        new LiveStatus(
            PublishedStatusTest.source(
                last -> {
                  connections.incrementAndGet();
                  return new CheckResult(
                      PublishedStatusTest.status(Verdict.UP_TO_DATE), null, System.nanoTime(), 0);
                },
                reason -> {}),
            forEver,
            PATIENCE,
            new GuardThreads("patient"),
            new ChangeReport(
                new Policy(
                    "orders",
                    new EffectiveMode(Mode.WARN, null, "X"),
                    null,
                    PolicySettings.DEFAULT,
                    ReportingSettings.DEFAULT),
                new GuardThreads("patient").named("tell")));
    live.publish(CheckResult.none(PublishedStatusTest.status(Verdict.BEHIND), System.nanoTime()));

    assertThat(live.status().verdict()).isEqualTo(Verdict.BEHIND);

    Patience.until("the refresher rests", PATIENCE, LongDurationsTest::refresherRests);
    live.close();
    assertThat(connections).hasValue(0);
  }

  private static boolean refresherRests() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("schema-guard-refresh-patient"))
        .anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING);
  }

  @Test
  void ofTheFirstReaderAreWaitedAndNotSpun() throws InterruptedException {
    CountDownLatch hang = new CountDownLatch(1);
    SchemaGuard guard =
        Statewave.guard(
                SimpleDataSource.of(
                    () -> {
                      Patience.await(hang);
                      return database.dataSource().getConnection();
                    }),
                "0.6.1")
            .timeout(ChronoUnit.FOREVER.getDuration())
            .build();
    AtomicReference<MigrationStatus> result = new AtomicReference<>();
    Thread reader = new Thread(() -> result.set(guard.status()));
    reader.start();

    Patience.until("it waits", PATIENCE, () -> reader.getState() == Thread.State.TIMED_WAITING);
    hang.countDown();
    reader.join(PATIENCE.toMillis());
    guard.close();

    assertThat(result.get().verdict()).isEqualTo(Verdict.UNINITIALIZED);
  }
}
