// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationLock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StatusTextTest {

  private static final String HOLDER = "app7 (10.0.0.7)";
  private static final String SINCE = " since 2026-11-22T02:58:11 (the holder's local time)";

  @Test
  void aLockIsShownWithItsAgeByTheDatabasesClock() {
    assertThat(text(HOLDER, Duration.ofSeconds(200), false))
        .isEqualTo("held by " + HOLDER + SINCE + ", 3 min ago by the database's clock");
  }

  @Test
  void anAgeThatTheHoldersZoneMakesNegativeIsNotShown() {
    assertThat(text(HOLDER, Duration.ofHours(-1), false)).isEqualTo("held by " + HOLDER + SINCE);
  }

  @Test
  void aStaleLockIsCalledSo() {
    assertThat(text(HOLDER, Duration.ofDays(3), true))
        .endsWith(", 3 days ago by the database's clock, stale: over 26 hours old");
  }

  @Test
  void aLockOfWhichNothingIsRecordedIsSomebodys() {
    assertThat(StatusText.text(new MigrationLock(null, null, "", null, false)))
        .isEqualTo("held, holder unknown");
  }

  @Test
  void aHolderCannotCommandTheTerminal() {
    assertThat(text("a\u001B[2J\u202Eb\nc", null, false))
        .startsWith("held by a\\u001b[2J\\u202eb\\nc since");
  }

  private static String text(String holder, Duration age, boolean stale) {
    return StatusText.text(
        new MigrationLock(holder, "2026-11-22T02:58:11", WaitExamples.CLOCK, age, stale));
  }
}
