// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waiting in tests: for a condition, never for a length of time. */
public final class Patience {

  private Patience() {}

  /** Waits until {@code condition} holds; fails if it does not within {@code limit}. */
  public static void until(String condition, Duration limit, Callable<Boolean> holds) {
    long end = System.nanoTime() + limit.toNanos();
    while (!holds(holds)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + limit + ": " + condition);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Waits for {@code latch}, as long as it takes; an interrupt ends it with an exception. */
  public static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean holds(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until no thread of the guard is alive; fails if one is after {@code limit}. */
  public static void untilNoGuardThread(Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    for (Thread thread : guardThreads()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      thread.join(Math.max(1, left));
      if (thread.isAlive()) {
        throw new AssertionError(
            thread.getName() + " still runs: " + List.of(thread.getStackTrace()));
      }
    }
  }

  private static List<Thread> guardThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("schema-guard-"))
        .toList();
  }
}
