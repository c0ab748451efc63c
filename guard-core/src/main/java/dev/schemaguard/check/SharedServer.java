// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A check of one of many databases, which may be on one server: so many at a time, and once more if
 * the server had no connection left.
 *
 * @param atOnce the permits of all of them
 * @param timeout how long a server without a free connection is asked again
 */
public record SharedServer(Semaphore atOnce, Duration timeout) {

  private static final String NO_CONNECTION_LEFT = "GUARD-UNREACHABLE-CONNECTIONS";
  private static final long PAUSE_MILLIS = 100;

  /** Returns what {@code check} says. An interrupt ends the repetition and stays set. */
  public MigrationStatus ask(Supplier<MigrationStatus> check) {
    MigrationStatus status = askOnce(check);
    long begin = System.nanoTime();
    while (true) {
      long left = timeout.toMillis() - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      Problem problem = status.problem();
      if (problem == null
          || !problem.code().equals(NO_CONNECTION_LEFT)
          || left <= PAUSE_MILLIS
          || !pause()) {
        return status;
      }
      status = askOnce(check);
    }
  }

  private MigrationStatus askOnce(Supplier<MigrationStatus> check) {
    atOnce.acquireUninterruptibly();
    try {
      return check.get();
    } finally {
      atOnce.release();
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
