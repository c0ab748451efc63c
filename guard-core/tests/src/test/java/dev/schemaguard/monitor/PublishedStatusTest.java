// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.StatusExample;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What follows from one answer and the next, by the times at which they were asked for. */
class PublishedStatusTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** A time at which the clock of {@link System#nanoTime} overflows within the test. */
  private static final long T = Long.MAX_VALUE - 5;

  static MigrationStatus status(Verdict verdict) {
    return StatusExample.of(verdict)
        .error(verdict.isKnown() ? null : "no connection")
        .summary(verdict.toString())
        .checked(NOON, Duration.ZERO)
        .status();
  }

  /** Answers as {@code question} gives them; {@code reasons} receives why there is none. */
  static LiveStatus.Source source(
      Function<CheckResult, CheckResult> question, Consumer<String> reasons) {
    return new LiveStatus.Source() {
      @Override
      public CheckResult ask(CheckResult last) {
        return question.apply(last);
      }

      @Override
      public MigrationStatus unanswered(String reason) {
        reasons.accept(reason);
        return status(Verdict.UNREACHABLE);
      }
    };
  }

  private static CheckResult result(Verdict verdict, long asked) {
    return new CheckResult(status(verdict), null, asked, asked);
  }

  @Nested
  class ALateAnswer {

    private final PublishedStatus known = PublishedStatus.first(result(Verdict.UP_TO_DATE, T));

    @Test
    void changesNothing() {
      assertThat(known.after(result(Verdict.BEHIND, T - 1))).isSameAs(known);
      assertThat(known.after(result(Verdict.UNREACHABLE, T - 1))).isSameAs(known);
      assertThat(known.afterFailure("a bug", NOON, T - 1)).isSameAs(known);
    }

    @Test
    void isToldByTheOrderOfTheQuestionsThoughTheClockOverflows() {
      assertThat(known.after(result(Verdict.BEHIND, later(10))).status().verdict())
          .isEqualTo(Verdict.BEHIND);
      assertThat(known.afterFailure("a bug", NOON, later(10)).status().stale())
          .isEqualTo(new Stale(NOON, "a bug"));
    }

    @Test
    void changesNothingAfterALaterFailure() {
      PublishedStatus failed = known.afterFailure("a bug", NOON, T + 2);

      assertThat(failed.after(result(Verdict.BEHIND, T + 1))).isSameAs(failed);
    }
  }

  @Nested
  class AFailureThatComesLate {

    @Test
    void doesNotSpoilANewerAnswer() throws InterruptedException {
      CountDownLatch answered = new CountDownLatch(1);
      LiveStatus[] self = new LiveStatus[1];
      LiveStatus live =
          live(
              last -> {
                self[0].publish(result(Verdict.UP_TO_DATE, System.nanoTime()));
                answered.countDown();
                throw new IllegalStateException("asked before, failed after");
              });
      self[0] = live;
      live.watch();
      answered.await();

      live.close();

      assertThat(live.status().stale()).isNull();
    }

    @Test
    void doesNotHoldBackAnAnswerThatWasAskedForMeanwhile() throws InterruptedException {
      CountDownLatch asked = new CountDownLatch(1);
      CountDownLatch meanwhile = new CountDownLatch(1);
      LiveStatus live =
          live(
              last -> {
                asked.countDown();
                awaitThoughInterrupted(meanwhile);
                throw new IllegalStateException("asked before, failed meanwhile");
              });
      live.publish(result(Verdict.BEHIND, System.nanoTime() - 2 * HOUR));
      live.watch();
      asked.await();
      CheckResult newer = result(Verdict.UP_TO_DATE, System.nanoTime());
      meanwhile.countDown();
      live.close();
      assertThat(live.status().stale()).isNotNull();

      live.publish(newer);

      assertThat(live.status()).isSameAs(newer.status());
    }

    @Test
    void keepsItsCredentialsToItself() throws InterruptedException {
      CountDownLatch asked = new CountDownLatch(1);
      LiveStatus live =
          live(
              last -> {
                asked.countDown();
                throw new IllegalStateException("jdbc:x://pg3/orders?user=app&password=geheim");
              });
      live.publish(result(Verdict.UP_TO_DATE, System.nanoTime() - 2 * HOUR));
      live.watch();
      asked.await();

      live.close();

      assertThat(live.status().stale().error())
          .isEqualTo("jdbc:x://pg3/orders?user=app&password=***");
    }

    private static LiveStatus live(Function<CheckResult, CheckResult> question) {
      GuardThreads threads = new GuardThreads("late");
      EffectiveMode warn = new EffectiveMode(Mode.WARN, null, "X");
      Policy policy =
          new Policy("orders", warn, null, PolicySettings.DEFAULT, ReportingSettings.DEFAULT);
      return new LiveStatus(
          source(question, reason -> {}),
          Duration.ofHours(1),
          Duration.ofSeconds(20),
          threads,
          new ChangeReport(policy, threads.named("tell")));
    }

    private static void awaitThoughInterrupted(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A time of the clock that overflows. */
  private static long later(int nanos) {
    return T + nanos;
  }
}
