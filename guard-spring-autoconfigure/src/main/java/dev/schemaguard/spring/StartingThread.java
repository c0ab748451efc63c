// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.sql.DataSource;

/**
 * The thread that starts the application while other threads run checks for it. It holds Spring's
 * lock on singletons, so a DataSource that requests a bean from Spring would never return a
 * connection on another thread. In that case this thread borrows the connection, limited only by
 * the time-outs of driver and pool. Every other connection is limited by the guard's own timeout.
 * Thread-safe.
 */
final class StartingThread implements GuardDataSource.Lender {

  private static final long POLL_MILLIS = 20;

  private final Queue<ConnectionRequest> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger checks = new AtomicInteger();

  /** Returns a view of {@code dataSource} for the guard. */
  DataSource lending(DataSource dataSource) {
    return new GuardDataSource(dataSource, this);
  }

  /**
   * Runs {@code check} on another thread while this one lends connections, and returns its result.
   */
  <T> T run(Supplier<T> check) {
    FutureTask<T> task = new FutureTask<>(check::get);
    Thread thread = new Thread(null, task, "schema-guard-start", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    boolean interrupted = false;
    int unused = checks.incrementAndGet();
    thread.start();
    try {
      while (true) {
        try {
          return task.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          for (ConnectionRequest request : requests) {
            request.lendIfWaitingForThisThread();
          }
        } catch (InterruptedException e) {
          interrupted = true;
          thread.interrupt();
        }
      }
    } catch (ExecutionException e) {
      throw failure(Objects.requireNonNullElse(e.getCause(), e));
    } finally {
      unused = checks.decrementAndGet();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Borrows on another thread as long as a check runs for the starting thread. */
  @Override
  public Connection connection(DataSource dataSource) throws SQLException {
    if (checks.get() == 0) {
      return dataSource.getConnection();
    }
    ConnectionRequest request = new ConnectionRequest(dataSource);
    requests.add(request);
    try {
      return request.await();
    } finally {
      requests.remove(request);
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
