// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** The statement that a session runs at this moment. Another thread may cancel it. */
final class RunningStatement {

  private final Object lock = new Object();
  private @Nullable Statement running;
  private volatile boolean cancelled;

  void start(Statement statement) throws SQLException {
    synchronized (lock) {
      if (cancelled) {
        throw new SQLException("cancelled");
      }
      running = statement;
    }
  }

  /**
   * Waits for a cancellation in progress, so that it does not affect the next user of the
   * connection.
   */
  void end() {
    synchronized (lock) {
      running = null;
    }
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** Stops the running statement only. */
  void interrupt() throws SQLException {
    synchronized (lock) {
      if (running != null) {
        running.cancel();
      }
    }
  }

  /** Stops the running statement and all later ones. */
  void cancel() throws SQLException {
    cancelled = true;
    synchronized (lock) {
      if (running != null) {
        running.cancel();
      }
    }
  }
}
