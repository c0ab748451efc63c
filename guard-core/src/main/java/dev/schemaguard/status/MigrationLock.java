// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.text.VisibleText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lock that a migration tool holds. It is evidence that a migration is running or has crashed,
 * but it does not determine a verdict by itself.
 *
 * @param holder the holder, as the tool recorded it; null if it did not
 * @param since when it was granted, by {@code clock}; null if that is not recorded
 * @param clock whose clock {@code since} was read from
 * @param age how long ago that was by the database's clock; if {@code clock} is in another time
 *     zone, wrong by the difference and perhaps negative; null if it is not recorded
 * @param stale whether it was granted longer ago than any difference of time zones explains
 * @param endsWithSession whether the database releases it when the session that holds it ends
 */
public record MigrationLock(
    @Nullable String holder,
    @Nullable String since,
    String clock,
    @Nullable Duration age,
    boolean stale,
    boolean endsWithSession) {

  /** Makes the texts {@linkplain VisibleText visible}. */
  public MigrationLock {
    holder = VisibleText.ofNullable(holder);
    since = VisibleText.ofNullable(since);
    clock = VisibleText.of(clock);
  }

  /** Creates a lock that remains until the tool, or a person, releases it. */
  public MigrationLock(
      @Nullable String holder,
      @Nullable String since,
      String clock,
      @Nullable Duration age,
      boolean stale) {
    this(holder, since, clock, age, stale, false);
  }

  /**
   * Returns the lock for people, on one line: {@code held by app7 since 2026-11-22T02:58:11 (its
   * clock)}.
   */
  public String text() {
    return (holder == null ? "held" : "held by " + holder)
        + (since == null ? "" : " since " + since + " (" + clock + ")")
        + (holder == null ? ", holder unknown" : "");
  }
}
