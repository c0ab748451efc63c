// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A time limit for some statements of a session, after which the session can still be used. No
 * setting of the connection is changed: another thread cancels the statement that runs then.
 */
public final class StatementLimit implements AutoCloseable {

  /** How often a statement that runs beyond the limit is cancelled again. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final RunningStatement running;
  private final long nanos;
  private boolean passed;
  private boolean closed;

  private StatementLimit(RunningStatement running, long nanos) {
    this.running = running;
    this.nanos = nanos;
  }

  /**
   * Begins a limit.
   *
   * @param nanos the time from now; null means that there is no limit
   */
  static StatementLimit begin(RunningStatement running, @Nullable Long nanos) {
    StatementLimit limit = new StatementLimit(running, nanos == null ? 0 : nanos);
    if (nanos != null) {
      Thread thread = new Thread(limit::watch, "schema-guard-limit");
      thread.setDaemon(true);
      thread.start();
    }
    return limit;
  }

  private synchronized void watch() {
    long end = System.nanoTime() + nanos;
    try {
      while (!closed) {
        long left = end - System.nanoTime();
        if (left > 0) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
        } else {
          passed = true;
          running.interrupt();
          end = System.nanoTime() + AGAIN_NANOS;
        }
      }
    } catch (SQLException | RuntimeException | InterruptedException e) {
      // The check itself ends within its own time limit.
    }
  }

  /** Returns whether a statement was cancelled. */
  public synchronized boolean hasPassed() {
    return passed;
  }

  /** Returns the limit in milliseconds. */
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** Ends the limit. No statement that starts later is cancelled. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
