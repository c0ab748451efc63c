// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.ReturnedConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
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

  private static final long KEEP_MILLIS = 100;
  private static final long CANCEL_MILLIS = 100;
  private static final long ABORT_MILLIS = 1_000;

  private final DataSource dataSource;
  private final Work<T> work;
  private final Executor workers;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable ClassLoader context = Thread.currentThread().getContextClassLoader();
  private @Nullable Thread worker;
  private @Nullable Connection connection;
  private volatile @Nullable DatabaseSession session;
  private volatile boolean abandoned;
  private volatile @Nullable T result;
  private volatile @Nullable Throwable failure;

  /** Creates work that is done once, on a thread of its own. */
  public BoundedConnectionTask(DataSource dataSource, Work<T> work) {
    this(dataSource, work, workers());
  }

  /**
   * Creates work that is done once.
   *
   * @param workers where it is done; see {@link #workers}
   */
  public BoundedConnectionTask(DataSource dataSource, Work<T> work, Executor workers) {
    this.dataSource = dataSource;
    this.work = work;
    this.workers = workers;
  }

  /**
   * Returns an executor with as many threads as there is work at a time. A thread that has ended
   * its work waits briefly for the next, which starts sooner than on a new thread.
   */
  public static ThreadPoolExecutor workers() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_MILLIS,
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        new Workers());
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
    throw new TimeoutException(connected() ? "the database" : "the connection pool");
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

  private static DatabaseSession open(Connection borrowed) throws SQLException, NoConnectionException {
    try {
      return new DatabaseSession(borrowed);
    } catch (RuntimeException | LinkageError e) {
      throw new NoConnectionException(e);
    }
  }

  private synchronized boolean connected() {
    return connection != null;
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
    // Two threads, because a driver may wait for the network when it cancels.
    start("schema-guard-cancel", this::cancel);
    start("schema-guard-abort", this::abortLater);
  }

  /**
   * Cancels again and again until it takes effect: a driver ignores it before the statement has
   * reached the server.
   */
  private void cancel() {
    try {
      do {
        DatabaseSession running = session;
        if (running != null) {
          running.cancel();
        }
      } while (!done.await(CANCEL_MILLIS, TimeUnit.MILLISECONDS));
    } catch (SQLException | RuntimeException | LinkageError e) {
      // The server does not accept the cancellation either; the connection is aborted instead.
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

  private static final class Workers implements ThreadFactory {
    @Override
    public Thread newThread(Runnable job) {
      return daemon("schema-guard-check", job);
    }
  }

  private void start(String name, Runnable work) {
    Thread thread = daemon(name, work);
    // From JDK 19 on, a thread that inherits no thread locals does not inherit a class loader
    // either.
    thread.setContextClassLoader(context);
    thread.start();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }

  private void abort() {
    Connection broken;
    synchronized (this) {
      broken = connection;
    }
    DatabaseSession read = session;
    // A connection in a transaction that the application began is left to the application.
    if (broken != null && (read == null || !read.isInApplicationsTransaction())) {
      try {
        broken.abort(Runnable::run);
      } catch (SQLException | RuntimeException | LinkageError e) {
        // Nothing more can be done here; the driver's own timeouts will end it.
      }
    }
  }
}
