// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Checks one of many databases, which may be on one server. The number of concurrent checks is
 * limited, and a check is repeated if the server had no connection left.
 *
 * @param atOnce the permits that all of these checks share
 * @param timeout how long a check is repeated while the server has no free connection
 */
public record SharedServer(Semaphore atOnce, Duration timeout) {

  private static final String NO_CONNECTION_LEFT = "GUARD-UNREACHABLE-CONNECTIONS";
  private static final long PAUSE_MILLIS = 100;

  /**
   * Returns the status that {@code check} returns. An interrupt ends the repetition, and the
   * interrupt flag stays set.
   */
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
