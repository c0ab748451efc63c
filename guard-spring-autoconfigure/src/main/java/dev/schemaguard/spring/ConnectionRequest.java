// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;

/**
 * A connection that a check has requested while the application starts. A separate thread borrows
 * it. If that thread waits for a lock that the starting thread holds, the starting thread borrows
 * the connection instead.
 */
final class ConnectionRequest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** The maximum length of a chain of threads, each waiting for the next, that is followed. */
  private static final int LONGEST_CHAIN = 16;

  private final DataSource dataSource;
  private final CompletableFuture<Connection> connection = new CompletableFuture<>();
  private final Thread borrower;

  /**
   * Creates a request that has not begun yet. The thread that creates it is the one that waits for
   * it.
   */
  ConnectionRequest(DataSource dataSource) {
    this.dataSource = dataSource;
    this.borrower = new Thread(null, this::borrow, "schema-guard-connection", 0, false);
    borrower.setDaemon(true);
    borrower.setContextClassLoader(Thread.currentThread().getContextClassLoader());
  }

  /**
   * Starts borrowing, and returns the connection. An interrupt is passed on to the borrowing
   * thread, and this method still waits for that thread, because the number of hanging checks is
   * limited by the number of waiting threads.
   */
  Connection await() throws SQLException {
    borrower.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return connection.get();
        } catch (InterruptedException e) {
          interrupted = true;
          borrower.interrupt();
        }
      }
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Borrows the connection on the calling thread if the borrowing thread cannot continue before the
   * calling thread releases a lock.
   */
  void lendIfWaitingForThisThread() {
    if (!connection.isDone() && waitsFor(Thread.currentThread())) {
      borrow();
    }
  }

  private void borrow() {
    try {
      Connection borrowed = dataSource.getConnection();
      if (!connection.complete(borrowed) && borrowed != null) {
        borrowed.close();
      }
    } catch (SQLException | RuntimeException | Error e) {
      connection.completeExceptionally(e);
    }
  }

  private boolean waitsFor(Thread owner) {
    long waiting = borrower.getId();
    for (int depth = 0; depth < LONGEST_CHAIN; depth++) {
      ThreadInfo thread = THREADS.getThreadInfo(waiting);
      if (thread == null || thread.getLockOwnerId() < 0) {
        return false;
      }
      if (thread.getLockOwnerId() == owner.getId()) {
        return true;
      }
      waiting = thread.getLockOwnerId();
    }
    return false;
  }

  private static SQLException failure(Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return (SQLException) cause;
  }
}
