// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.ReturnedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Work on one borrowed connection that ends within a deadline, whatever pool, network and database
 * do. It runs on another thread. If the deadline passes, the caller continues at once; in the
 * background the statement is cancelled and then the connection aborted. No setting of the
 * connection is ever changed, so the only thing to restore is a transaction that reading began.
 */
public final class BoundedConnectionTask<T> {

  /** Work on a session. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does the work and returns its result. */
    T on(DatabaseSession session) throws SQLException;
  }

  /** Thrown if the pool or the driver provided no connection. */
  public static final class NoConnectionException extends Exception {
    private static final long serialVersionUID = 1L;

    NoConnectionException(Throwable cause) {
      super(cause);
    }
  }

  private final DataSource dataSource;
  private final Work<T> work;
  private final Executor workers;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
  private @Nullable Thread worker;
  private @Nullable Connection connection;
  private volatile @Nullable DatabaseSession session;
  private volatile boolean abandoned;
  private volatile long end;
  private volatile @Nullable T result;
  private volatile @Nullable Throwable failure;

  /** Creates work that is done once, on a thread of its own. */
  public BoundedConnectionTask(DataSource dataSource, Work<T> work) {
    this(dataSource, work, TaskThreads.pool());
  }

  /**
   * Creates work that is done once.
   *
   * @param workers where it is done; see {@link TaskThreads#pool}
   */
  public BoundedConnectionTask(DataSource dataSource, Work<T> work, Executor workers) {
    this.dataSource = dataSource;
    this.work = work;
    this.workers = workers;
  }

  /**
   * Does the work and returns its result.
   *
   * @throws NoConnectionException if pool or driver provided no connection
   * @throws SQLException if the work failed on the connection
   * @throws TimeoutException if the time passed; its message says what did not respond
   */
  public T within(Duration timeout)
      throws SQLException, NoConnectionException, TimeoutException, InterruptedException {
    end = System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout);
    workers.execute(new Job());
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
    throw new TimeoutException(connection() == null ? "the connection pool" : "the database");
  }

  /**
   * Returns whether the work has ended and its connection was returned, which may be long after a
   * timeout.
   */
  public boolean isOver() {
    return done.getCount() == 0;
  }

  /** Returns whether the caller continued without waiting for the end of the work. */
  public boolean isAbandoned() {
    return abandoned;
  }

  /**
   * Returns the thread that still waits for the connection; null if it has one or has given up.
   * Waiting for a lock or for a static initializer cannot be interrupted.
   */
  public synchronized @Nullable Thread borrower() {
    return connection == null ? worker : null;
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

  /** The part of the work that runs on the other thread. */
  private final class Job implements Runnable {
    @Override
    public void run() {
      try {
        if (begin()) {
          workOnConnection();
        }
      } catch (Throwable e) {
        failure = e;
      } finally {
        end();
        done.countDown();
      }
    }
  }

  private synchronized boolean begin() {
    worker = Thread.currentThread();
    worker.setContextClassLoader(context);
    return !abandoned;
  }

  /** Clears the interrupt flag, so that an interrupt for this work does not reach the next. */
  private synchronized void end() {
    worker = null;
    boolean unused = Thread.interrupted();
  }

  /**
   * Does the work. The result is available before the connection is returned, because returning it
   * may hang as well.
   */
  private void workOnConnection() throws SQLException, NoConnectionException {
    Connection borrowed = borrow();
    Throwable first = null;
    try {
      if (!abandoned) {
        DatabaseSession opened = open(borrowed);
        session = opened;
        opened.endBy(end);
        opened.begin(dataSource);
        result = work.on(opened);
      }
    } catch (Throwable e) {
      first = e;
      throw e;
    } finally {
      Throwable late = ReturnedConnection.giveBack(borrowed, session);
      if (first != null && late != null) {
        DatabaseSession.suppress(first, late);
      }
    }
  }

  private Connection borrow() throws NoConnectionException {
    try {
      Connection borrowed = dataSource.getConnection();
      if (borrowed == null) {
        throw new IllegalStateException("the DataSource returned no connection");
      }
      synchronized (this) {
        connection = borrowed;
      }
      // An interrupt was meant for the pool only; some drivers lose their files if they are
      // interrupted.
      boolean unused = Thread.interrupted();
      return borrowed;
    } catch (SQLException | RuntimeException | Error e) {
      throw new NoConnectionException(e);
    }
  }

  private static DatabaseSession open(Connection borrowed)
      throws SQLException, NoConnectionException {
    try {
      return new DatabaseSession(borrowed);
    } catch (RuntimeException | LinkageError e) {
      throw new NoConnectionException(e);
    }
  }

  /** Returns whether the work ends within this time. */
  boolean isOverWithin(long millis) throws InterruptedException {
    return done.await(millis, TimeUnit.MILLISECONDS);
  }

  /** Returns the borrowed connection; null as long as there is none. */
  synchronized @Nullable Connection connection() {
    return connection;
  }

  /** Returns whether a time limit of the database ended the statement that failed. */
  boolean isTimeout(SQLException failure) {
    DatabaseSession read = session;
    return read != null && read.meaning(failure).isTimeout();
  }

  /** Returns the session on the connection; null as long as there is none. */
  @Nullable DatabaseSession session() {
    return session;
  }

  private void abandon() {
    synchronized (this) {
      abandoned = true;
      if (connection == null) {
        if (worker != null) {
          worker.interrupt();
        }
        return;
      }
    }
    new TaskTermination(this, context).start();
  }
}
