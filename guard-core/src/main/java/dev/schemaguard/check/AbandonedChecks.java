// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The checks whose callers no longer wait and that still hang, in a pool or driver that reacts to
 * neither interrupt nor abort. Their number is limited, because each of them holds a thread.
 * Thread-safe.
 */
final class AbandonedChecks {

  private static final int MOST = 4;

  private final Queue<BoundedConnectionTask<?>> hanging = new ConcurrentLinkedQueue<>();
  private final AtomicLong skipped = new AtomicLong();

  /**
   * Returns whether to skip the next check because too many hang. The first, second, fourth, eighth
   * and so on are begun nevertheless, to find out whether the database responds again. Each of them
   * may hang forever and cost one thread.
   */
  boolean shouldSkipNext() {
    if (count() < MOST) {
      skipped.set(0);
      return false;
    }
    return Long.bitCount(skipped.incrementAndGet()) > 1;
  }

  /**
   * Records a check whose caller has continued. A check that ended in time lifts the limit. A check
   * that was abandoned, perhaps before it began, says nothing about pool and driver.
   */
  void note(BoundedConnectionTask<?> check) {
    if (!check.isOver()) {
      hanging.add(check);
    } else if (!check.isAbandoned() && !hanging.isEmpty()) {
      hanging.clear();
    }
  }

  /** Returns how many checks hang. */
  int count() {
    if (!hanging.isEmpty()) {
      hanging.removeIf(BoundedConnectionTask::isOver);
    }
    return hanging.size();
  }
}
