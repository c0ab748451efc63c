// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.text.VisibleText;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Formats the messages during a wait.
 *
 * @param deadline the maximum duration of the wait
 */
record WaitingText(Duration deadline) {

  private static final String SEPARATOR = " · ";

  /** Returns the message about a new state, for a log. */
  String change(MigrationStatus status, boolean first) {
    MigrationLock lock = status.migrationLock();
    return VisibleText.of(
        "waiting"
            + (first ? " at most " + DurationFormat.exact(deadline) : "")
            + ": "
            + status.summary()
            + (lock == null ? "" : SEPARATOR + "lock " + StatusText.text(lock)));
  }

  /**
   * Returns the state of the wait at one moment, for a terminal. The most important part comes
   * first, because the end may be cut off.
   *
   * @param elapsed the time since the wait began
   * @param last the last status of the database; null before the first one
   * @param sinceLast the age of that status
   */
  String state(Duration elapsed, @Nullable MigrationStatus last, Duration sinceLast) {
    String waiting =
        "waiting "
            + DurationFormat.exact(Duration.ofSeconds(elapsed.toSeconds()))
            + " of "
            + DurationFormat.exact(deadline)
            + SEPARATOR;
    return VisibleText.of(
        waiting + (last == null ? "asking the database" : state(last, sinceLast)));
  }

  private static String state(MigrationStatus status, Duration sinceLast) {
    MigrationLock lock = status.migrationLock();
    int pending = status.pendingRevisions().size();
    return status.verdict().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + (pending == 0 ? "" : ", " + pending + " pending")
        + (lock == null ? "" : SEPARATOR + lock(lock, sinceLast))
        + SEPARATOR
        + detail(status);
  }

  private static String lock(MigrationLock lock, Duration sinceLast) {
    Duration age = lock.age();
    String since = lock.since() == null ? "" : " since " + lock.since();
    return "locked"
        + (age == null || age.isNegative()
            ? since
            : " for " + DurationFormat.rough(age.plus(sinceLast)))
        + (lock.stale() ? " (stale)" : "")
        + " by "
        + Objects.requireNonNullElse(lock.holder(), "unknown holder");
  }

  private static String detail(MigrationStatus status) {
    String error = status.error();
    return error != null
        ? error
        : Objects.requireNonNullElse(status.currentRevision(), "none")
            + " → "
            + Objects.requireNonNullElse(status.expectedHead(), "none");
  }
}
