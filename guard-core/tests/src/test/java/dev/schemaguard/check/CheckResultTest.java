// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.StatusExample;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How long a change token may stand for the whole history. */
class CheckResultTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  /** A time at which the clock of {@link System#nanoTime} overflows within the test. */
  private static final long T = Long.MAX_VALUE - 5;

  private final CheckResult answer =
      new CheckResult(StatusExample.of(Verdict.UP_TO_DATE).status(), "a token", T, T);

  @Test
  void standsByItsTokenForAnHour() {
    assertThat(answer.isRecent(T)).isTrue();
    assertThat(answer.isRecent(T + HOUR - 1)).isTrue();
    assertThat(answer.isRecent(T + HOUR)).isFalse();
    assertThat(new CheckResult(answer.status(), null, T, T).isRecent(T)).isFalse();
  }

  @Test
  void standsNoLongerForBeingConfirmed() {
    CheckResult confirmed = answer.confirmed(answer.status(), T + HOUR - 1);

    assertThat(confirmed.isRecent(T + HOUR - 1)).isTrue();
    assertThat(confirmed.isRecent(T + HOUR)).isFalse();
  }
}
