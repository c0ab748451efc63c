// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A connection that a check has requested while the application starts. A separate thread borrows
 * it. If that thread waits for a lock that the starting thread holds, the starting thread borrows
 * the connection instead. Thread-safe.
 */
final class ConnectionRequest implements Runnable {

  /** The maximum length of a chain of threads, each waiting for the next, that is followed. */
  private static final int LONGEST_CHAIN = 16;

  private final DataSource dataSource;
  private final Thread borrower;
  private @Nullable Connection connection;
  private @Nullable Throwable failure;
  private boolean over;

  /**
   * Creates a request that has not begun yet. The thread that creates it is the one that waits for
   * it.
   */
  ConnectionRequest(DataSource dataSource) {
    this.dataSource = dataSource;
    this.borrower = new Thread(null, this, "schema-guard-connection", 0, false);
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
          return awaited();
        } catch (InterruptedException e) {
          interrupted = true;
          borrower.interrupt();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private synchronized Connection awaited() throws SQLException, InterruptedException {
    while (!over) {
      wait();
    }
    if (failure != null) {
      throw failure(failure);
    }
    if (connection == null) {
      throw new IllegalStateException("the DataSource returned no connection");
    }
    return connection;
  }

  /**
   * Borrows the connection on the calling thread if the borrowing thread cannot continue before the
   * calling thread releases a lock.
   */
  void lendIfWaitingForThisThread() {
    if (!isOver() && mayWaitForLock() && waitsFor(Thread.currentThread())) {
      run();
    }
  }

  /** Borrows the connection. If both threads borrow one, the second is returned at once. */
  @Override
  public void run() {
    try {
      Connection borrowed = dataSource.getConnection();
      if (!end(borrowed, null) && borrowed != null) {
        borrowed.close();
      }
    } catch (SQLException | RuntimeException | Error e) {
      boolean unused = end(null, e);
    }
  }

  /** Ends the request, and returns whether it had not ended yet. */
  private synchronized boolean end(@Nullable Connection borrowed, @Nullable Throwable cause) {
    if (over) {
      return false;
    }
    over = true;
    connection = borrowed;
    failure = cause;
    notifyAll();
    return true;
  }

  private synchronized boolean isOver() {
    return over;
  }

  /**
   * Returns whether the borrowing thread may wait for a lock. A thread that connects does not, and
   * then the JVM's management, which knows the owners of locks, is not loaded.
   */
  private boolean mayWaitForLock() {
    Thread.State state = borrower.getState();
    return state == Thread.State.BLOCKED
        || state == Thread.State.WAITING
        || state == Thread.State.TIMED_WAITING;
  }

  private boolean waitsFor(Thread owner) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long waiting = borrower.getId();
    for (int depth = 0; depth < LONGEST_CHAIN; depth++) {
      ThreadInfo thread = threads.getThreadInfo(waiting);
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
