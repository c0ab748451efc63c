// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static dev.schemaguard.cli.WaitExamples.behind;
import static dev.schemaguard.cli.WaitExamples.lock;
import static dev.schemaguard.cli.WaitExamples.unreachable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaitingTextTest {

  private static final WaitingText TEXT = new WaitingText(Duration.ofMinutes(5));

  @Nested
  class InALog {

    @Test
    void theFirstLineSaysHowLongTheWaitLastsAtMost() {
      MigrationStatus status = behind(3, null);
      assertThat(TEXT.change(status, true)).isEqualTo("waiting at most 5 min: " + status.summary());
      assertThat(TEXT.change(status, false)).isEqualTo("waiting: " + status.summary());
    }

    @Test
    void theHolderOfALockIsNamed() {
      assertThat(TEXT.change(behind(3, lock("app7", Duration.ofSeconds(4))), false))
          .endsWith(
              " · lock held by app7 since 2026-11-22T02:58:11 (the holder's local time), 4 s ago by"
                  + " the database's clock");
    }

    @Test
    void anErrorOfSeveralLinesIsOneLine() {
      assertThat(TEXT.change(unreachable("no\n\tconnection\u001B[1m"), false))
          .isEqualTo("waiting: ERROR: no\\n\\tconnection\\u001b[1m");
    }
  }

  @Nested
  class OnATerminal {

    @Test
    void beforeTheFirstAnswerTheDatabaseIsBeingAsked() {
      assertThat(state(Duration.ofMillis(1_900), null))
          .isEqualTo("waiting 1 s of 5 min · asking the database");
    }

    @Test
    void stateNumberPendingAndWayAreShown() {
      assertThat(state(Duration.ofSeconds(72), behind(3, null)))
          .isEqualTo(
              "waiting 1 min 12 s of 5 min · behind, 3 pending · 0009_add_rate_limit →"
                  + " 0012_add_cache");
    }

    @Test
    void theAgeOfALockGrowsWithoutANewAnswer() {
      MigrationStatus status = behind(1, lock("app7", Duration.ofSeconds(4)));
      assertThat(TEXT.state(Duration.ofSeconds(9), status, Duration.ofSeconds(5)))
          .startsWith("waiting 9 s of 5 min · behind, 1 pending · locked for 9 s by app7 · ");
    }

    @Test
    void aLockWhoseAgeCannotBeToldIsShownWithItsTime() {
      assertThat(state(Duration.ZERO, behind(1, lock("app7", Duration.ofHours(-1)))))
          .contains(" · locked since 2026-11-22T02:58:11 by app7 · ");
      assertThat(state(Duration.ZERO, behind(1, new MigrationLock(null, null, "", null, false))))
          .contains(" · locked by unknown holder · ");
    }

    @Test
    void aStaleLockIsCalledSo() {
      MigrationLock stale =
          new MigrationLock("app7", "2026-11-20T02:58:11", "", Duration.ofDays(2), true);
      assertThat(state(Duration.ZERO, behind(1, stale)))
          .contains(" · locked for 2 days (stale) by app7 · ");
    }

    @Test
    void anErrorIsShown() {
      assertThat(state(Duration.ZERO, unreachable("Connection refused")))
          .isEqualTo("waiting 0 s of 5 min · unreachable · Connection refused");
    }

    @Test
    void theHolderOfALockCannotCommandTheTerminal() {
      assertThat(state(Duration.ZERO, behind(1, lock("a\u001B[2J\r\n\u202Eb", null))))
          .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
          .contains(" by a\\u001b[2J\\r\\n\\u202eb · ");
    }

    private static String state(Duration elapsed, MigrationStatus last) {
      return TEXT.state(elapsed, last, Duration.ZERO);
    }
  }
}
