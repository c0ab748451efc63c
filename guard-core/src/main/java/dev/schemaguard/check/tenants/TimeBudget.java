// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import java.time.Duration;

/**
 * The time that a check of many databases may take, however many of them hang. Databases that
 * answer may take longer in total: they are never cut short because there are many.
 *
 * @param timeout the time limit of one database, in nanoseconds
 * @param total the time within which everything ends that is not answered, in nanoseconds
 */
record TimeBudget(long timeout, long total) {

  private static final int PATIENCE_PART = 10;
  private static final long SHORTEST_PATIENCE = Duration.ofMillis(50).toNanos();
  private static final long LONGEST_PATIENCE = Duration.ofSeconds(1).toNanos();

  /** The longest timeout; adding several of it to the current time does not overflow. */
  private static final Duration LONGEST = Duration.ofDays(365);

  /** Returns a budget in which every database gets its timeout at least once. */
  static TimeBudget of(Duration timeout) {
    long nanos = nanos(timeout);
    return new TimeBudget(nanos, 2 * nanos);
  }

  /** Returns a budget that ends with the timeout, for a check that is repeated anyway. */
  static TimeBudget within(Duration timeout) {
    long nanos = nanos(timeout);
    return new TimeBudget(nanos, nanos);
  }

  private static long nanos(Duration timeout) {
    return (timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout).toNanos();
  }

  /** Returns how long a database may be silent before others are asked in its place. */
  long patience() {
    long part = Math.max(SHORTEST_PATIENCE, timeout / PATIENCE_PART);
    return Math.min(timeout / 2, Math.min(LONGEST_PATIENCE, part));
  }

  /**
   * Returns the time limit of a database. It is shorter if the total would be exceeded, but never
   * so short that a database that responds slowly would not get its answer through.
   *
   * @param elapsed the time since the check began
   * @param isAnySilent whether some database has let its time limit pass, so that the total counts
   */
  Duration limit(long elapsed, boolean isAnySilent) {
    boolean isTotalDue = isAnySilent || total == timeout;
    long left = isTotalDue ? Math.min(timeout, total - elapsed) : timeout;
    return Duration.ofNanos(Math.max(shortest(), left));
  }

  /** Returns the shortest time limit of a database. */
  private long shortest() {
    return timeout - timeout / 2;
  }

  /** Returns whether no time is left for databases that will not respond. */
  boolean isUsedUp(long elapsed) {
    return elapsed >= total - shortest();
  }

  /** Returns whether so long without an answer means that there will be none. */
  boolean isHopeless(long sinceLastAnswer) {
    return sinceLastAnswer > shortest();
  }
}
