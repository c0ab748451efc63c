// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.dialect.DatabaseSession;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Ends the work of a task whose caller no longer waits: cancels its statement and, if that has no
 * effect, aborts its connection.
 */
final class TaskTermination {

  private static final long CANCEL_MILLIS = 100;
  private static final long ABORT_MILLIS = 1_000;

  private final BoundedConnectionTask<?> task;
  private final @Nullable ClassLoader context;

  /**
   * Creates the termination of a task.
   *
   * @param context the class loader with which the driver finds the application's classes
   */
  TaskTermination(BoundedConnectionTask<?> task, @Nullable ClassLoader context) {
    this.task = task;
    this.context = context;
  }

  /** Starts in the background, on two threads, because a driver may wait when it cancels. */
  void start() {
    start("schema-guard-cancel", this::cancel);
    start("schema-guard-abort", this::abortLater);
  }

  private void start(String name, Runnable work) {
    Thread thread = TaskThreads.daemon(name, work);
    // From JDK 19 on, a thread that inherits no thread locals does not inherit a class loader
    // either.
    thread.setContextClassLoader(context);
    thread.start();
  }

  /**
   * Cancels again and again until it takes effect: a driver ignores it before the statement has
   * reached the server.
   */
  private void cancel() {
    try {
      do {
        DatabaseSession running = task.session();
        if (running != null) {
          running.cancel();
        }
      } while (!task.isOverWithin(CANCEL_MILLIS));
    } catch (SQLException | RuntimeException | LinkageError e) {
      // The server does not accept the cancellation either; the connection is aborted instead.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abortLater() {
    try {
      if (!task.isOverWithin(ABORT_MILLIS)) {
        abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void abort() {
    Connection broken = task.connection();
    DatabaseSession read = task.session();
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
