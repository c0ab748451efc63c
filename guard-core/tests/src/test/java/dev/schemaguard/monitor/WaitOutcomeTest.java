// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.StatusExample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a wait makes of one answer after the other, whatever they come from. */
class WaitOutcomeTest {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final MigrationStatus GOOD = said(Verdict.UP_TO_DATE, null, null);
  private static final MigrationStatus BEHIND = said(Verdict.BEHIND, null, null);

  private Duration grace = Duration.ZERO;
  private final List<Duration> limits = new ArrayList<>();
  private final List<MigrationStatus> heard = new ArrayList<>();

  /** Waits while the database says so, and no longer. */
  private MigrationStatus outcome(Duration deadline, MigrationStatus... answers) {
    Iterator<MigrationStatus> script = List.of(answers).iterator();
    return new Wait(
            limit -> {
              limits.add(limit);
              return script.next();
            },
            MigrationStatus::compatible,
            () -> grace,
            deadline,
            heard::add)
        .outcome();
  }

  @Test
  void aFailureIsWaitedOnAsLongAsItMayYetBeRunning() {
    MigrationStatus failed = StatusExample.of(Verdict.FAILED).status();
    MigrationStatus done = StatusExample.of(Verdict.UP_TO_DATE).status();
    assertThat(outcome(Duration.ofSeconds(30), failed, done)).isEqualTo(failed);

    grace = Duration.ofSeconds(60);
    assertThat(outcome(Duration.ofSeconds(30), failed, done)).isEqualTo(done);

    grace = Duration.ofMillis(1);
    assertThat(outcome(Duration.ofSeconds(30), failed, failed, done)).isEqualTo(failed);
  }

  private static MigrationStatus said(Verdict verdict, String error, MigrationLock lock) {
    Problem problem =
        verdict == Verdict.UNREACHABLE
            ? new Problem("GUARD-UNREACHABLE-TIMEOUT", "title", null, null, null, "why", List.of())
            : null;
    return StatusExample.of(verdict).error(error).lock(lock).problem(problem).status();
  }

  private static MigrationStatus noAnswer(String error) {
    return said(Verdict.UNREACHABLE, error, null);
  }

  private static MigrationStatus locked(String holder, String since) {
    return said(Verdict.BEHIND, null, new MigrationLock(holder, since, "holder", null, false));
  }

  @Nested
  class GoesOnOrEnds {

    @ParameterizedTest
    @EnumSource(names = {"BEHIND", "UNINITIALIZED", "UNREACHABLE", "UNREADABLE"})
    void goesOnForWhatCanBeCured(Verdict verdict) {
      assertThat(outcome(LONG, said(verdict, "e", null), GOOD)).isSameAs(GOOD);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNKNOWN_VERSION", "FAILED", "AHEAD_INCOMPATIBLE", "AHEAD_UNKNOWN"})
    void endsForWhatCannot(Verdict verdict) {
      MigrationStatus hopeless = said(verdict, "e", null);

      assertThat(outcome(LONG, hopeless)).isSameAs(hopeless);
    }

    @Test
    void goesOnForAnythingWhileALockIsHeldThatIsNotStale() {
      MigrationLock held = new MigrationLock("pg3", "02:41", "holder", null, false);
      MigrationLock stale = new MigrationLock("pg3", "02:41", "holder", null, true);
      MigrationStatus hopeless = said(Verdict.FAILED, "e", stale);

      assertThat(outcome(LONG, said(Verdict.FAILED, "e", held), hopeless)).isSameAs(hopeless);
    }

    @Test
    void endsAtAnInterruptWhichStaysSet() throws InterruptedException {
      AtomicReference<MigrationStatus> last = new AtomicReference<>();
      AtomicBoolean flag = new AtomicBoolean();
      MigrationStatus[] behind = new MigrationStatus[100];
      Arrays.fill(behind, BEHIND);
      Thread waiting =
          new Thread(
              () -> {
                last.set(outcome(LONG, behind));
                flag.set(Thread.currentThread().isInterrupted());
              });
      waiting.start();
      Patience.until("it waits", LONG, () -> waiting.getState() == Thread.State.TIMED_WAITING);

      waiting.interrupt();
      waiting.join(LONG.toMillis());

      assertThat(last).hasValue(BEHIND);
      assertThat(flag).isTrue();
    }

    @Test
    void endsOnceCompatibleThoughALockIsHeld() {
      MigrationStatus good =
          said(Verdict.UP_TO_DATE, null, new MigrationLock("pg3", "02:41", "holder", null, false));

      assertThat(outcome(LONG, good)).isSameAs(good);
    }
  }

  @Nested
  class ACheck {

    @Test
    void hasFiveSecondsAtMost() {
      outcome(LONG, BEHIND, GOOD);

      assertThat(limits).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    @Test
    void hasNoMoreThanWhatRemains() {
      outcome(Duration.ofSeconds(2), BEHIND, GOOD);

      assertThat(limits).allMatch(limit -> limit.compareTo(Duration.ofSeconds(2)) <= 0);
      assertThat(limits.get(1)).isLessThan(limits.get(0));
    }

    @Test
    void thatTheDeadlineCutsShortSaysNothing() {
      assertThat(outcome(Duration.ofSeconds(2), BEHIND, noAnswer("no answer"))).isSameAs(BEHIND);
      assertThat(heard).containsExactly(BEHIND);
    }

    @Test
    void thatTheDatabaseDoesNotAnswerInFullTimeSaysSo() {
      MigrationStatus silence = noAnswer("no answer");

      assertThat(outcome(LONG, BEHIND, silence, GOOD)).isSameAs(GOOD);
      assertThat(heard).containsExactly(BEHIND, silence);
    }
  }

  @Nested
  class News {

    @Test
    void isWhatWasNotSaidBefore() {
      outcome(LONG, BEHIND, said(Verdict.BEHIND, null, null), GOOD);

      assertThat(heard).containsExactly(BEHIND);
    }

    @Test
    void isNotANumberInAnError() {
      MigrationStatus first = noAnswer("no answer within 5000 ms");

      outcome(LONG, first, noAnswer("no answer within 4999 ms"), GOOD);

      assertThat(heard).containsExactly(first);
    }

    @Test
    void isAnotherError() {
      MigrationStatus first = noAnswer("no answer");
      MigrationStatus second = noAnswer("connection refused");

      outcome(LONG, first, second, GOOD);

      assertThat(heard).containsExactly(first, second);
    }

    @Test
    void isALockThatSomebodyElseTakesOrTheSameTakesAgain() {
      MigrationStatus pg3 = locked("pg3", "02:41");
      MigrationStatus pg4 = locked("pg4", "02:41");
      MigrationStatus again = locked("pg4", "02:42");

      outcome(Duration.ofSeconds(30), pg3, pg4, again, GOOD);

      assertThat(heard).containsExactly(pg3, pg4, again);
    }
  }
}
