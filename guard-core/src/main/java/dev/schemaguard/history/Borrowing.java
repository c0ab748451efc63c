// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Work on one borrowed connection that ends within a deadline, whatever pool, network and database
 * do. It runs on a thread of its own; if the deadline passes, the caller goes on at once, and the
 * statement is cancelled, then the connection aborted, behind it. No setting of the connection is
 * ever touched, so the only thing to put back is a transaction that reading began.
 */
public final class Borrowing<T> {

  /** Work on a session. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work and returns its result. */
    T on(ReadSession session) throws SQLException;
  }

  /** The pool or the driver gave no connection. */
  public static final class NoConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    NoConnectionException(Exception cause) {
      super(cause);
    }
  }

  private static final long CANCEL_MILLIS = 100;
  private static final long ABORT_MILLIS = 1_000;

  private final DataSource dataSource;
  private final Work<T> work;
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread worker;
  private @Nullable Connection connection;
  private volatile @Nullable ReadSession session;
  private volatile boolean abandoned;
  private volatile @Nullable T result;
  private volatile @Nullable Throwable failure;

  /** Work that is still to be done; it is done once. */
  public Borrowing(DataSource dataSource, Work<T> work) {
    this.dataSource = dataSource;
    this.work = work;
    this.worker = daemon("schema-guard-check", this::run);
  }

  /**
   * The result of the work.
   *
   * @throws NoConnectionException if pool or driver gave no connection
   * @throws SQLException if the work failed on the connection
   * @throws TimeoutException if the time passed; its message says what did not answer
   */
  public T within(Duration timeout)
      throws SQLException, NoConnectionException, TimeoutException, InterruptedException {
    worker.start();
    boolean ended;
    try {
      ended = done.await(TimeUnit.NANOSECONDS.convert(timeout), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      abandon();
      throw e;
    }
    T value = result;
    Throwable cause = failure;
    if (!ended) {
      abandon();
    }
    if (value != null) {
      return value;
    }
    if (cause != null) {
      throw sneak(cause);
    }
    throw new TimeoutException(connected() ? "the database" : "the connection pool");
  }

  /** Whether the work has ended and its connection was given back; true long after a timeout. */
  public boolean isOver() {
    return done.getCount() == 0;
  }

  private static RuntimeException sneak(Throwable cause)
      throws SQLException, NoConnectionException {
    if (cause instanceof SQLException e) {
      throw e;
    }
    if (cause instanceof NoConnectionException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    throw (RuntimeException) cause;
  }

  private void run() {
    try {
      Connection borrowed = borrow();
      try {
        if (!abandoned) {
          ReadSession opened = open(borrowed);
          session = opened;
          opened.begin();
          result = work.on(opened);
        }
      } finally {
        giveBack(borrowed);
      }
    } catch (Throwable e) {
      failure = e;
    } finally {
      done.countDown();
    }
  }

  private Connection borrow() throws NoConnectionException {
    try {
      Connection borrowed = dataSource.getConnection();
      if (borrowed == null) {
        throw new SQLException("the DataSource returned no connection");
      }
      synchronized (this) {
        connection = borrowed;
      }
      // An interrupt was for the pool alone: some drivers lose their files to an interrupt.
      boolean unused = Thread.interrupted();
      return borrowed;
    } catch (SQLException | RuntimeException e) {
      throw new NoConnectionException(e);
    }
  }

  private static ReadSession open(Connection borrowed) throws SQLException, NoConnectionException {
    try {
      return new ReadSession(borrowed);
    } catch (RuntimeException e) {
      throw new NoConnectionException(e);
    }
  }

  private static void giveBack(Connection borrowed) {
    try (borrowed) {
      if (!borrowed.getAutoCommit()) {
        borrowed.rollback();
      }
    } catch (SQLException e) {
      // A connection that cannot even roll back is broken; closing it is all that is left to do.
    }
  }

  private synchronized boolean connected() {
    return connection != null;
  }

  private void abandon() {
    abandoned = true;
    synchronized (this) {
      if (connection == null) {
        worker.interrupt();
        return;
      }
    }
    // Two threads, for a driver may wait for the network to cancel.
    daemon("schema-guard-cancel", this::cancel).start();
    daemon("schema-guard-abort", this::abortLater).start();
  }

  /** Cancels until it is heard: a driver ignores it before the statement has reached the server. */
  private void cancel() {
    try {
      do {
        ReadSession running = session;
        if (running != null) {
          running.cancel();
        }
      } while (!done.await(CANCEL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (SQLException | RuntimeException e) {
      // The server does not take the cancellation either; then the connection goes.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abortLater() {
    try {
      if (!done.await(ABORT_MILLIS, TimeUnit.MILLISECONDS)) {
        abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    // What inherits no thread locals inherits no class loader either, from JDK 19 on.
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    return thread;
  }

  private void abort() {
    Connection broken;
    synchronized (this) {
      broken = connection;
    }
    if (broken != null) {
      try {
        broken.abort(Runnable::run);
      } catch (SQLException | RuntimeException e) {
        // Nothing more can be done about it from here; the driver's own timeouts will end it.
      }
    }
  }
}
