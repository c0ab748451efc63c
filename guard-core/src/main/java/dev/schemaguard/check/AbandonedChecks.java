// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The checks that nobody waits for any more and that hang all the same, in a pool or driver that
 * hears neither interrupt nor abort: a handful, lest they gather a thread each. Thread-safe.
 */
final class AbandonedChecks {

  private static final int MOST = 4;

  private final Queue<BoundedConnectionTask<?>> hanging = new ConcurrentLinkedQueue<>();
  private final AtomicLong spared = new AtomicLong();

  /**
   * Whether the next check is better not begun because too many hang. The first, second, fourth,
   * eighth and so on are begun: that finds out that the database answers again, though what hangs
   * may hang for ever, at the price of one thread each.
   */
  boolean shouldSkipNext() {
    if (!hanging.isEmpty()) {
      hanging.removeIf(BoundedConnectionTask::isOver);
    }
    if (hanging.size() < MOST) {
      spared.set(0);
      return false;
    }
    return Long.bitCount(spared.incrementAndGet()) > 1;
  }

  /**
   * Takes note of a check whose caller has gone on. One that has ended in time lifts the limit; one
   * that was given up, perhaps before it began, tells nothing of pool and driver.
   */
  void note(BoundedConnectionTask<?> check) {
    if (!check.isOver()) {
      hanging.add(check);
    } else if (!check.isAbandoned() && !hanging.isEmpty()) {
      hanging.clear();
    }
  }

  /** How many hang. */
  int count() {
    return hanging.size();
  }
}
