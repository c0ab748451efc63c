// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Creates daemon threads whose names say which guard they belong to. They inherit nothing from the
 * threads that start them.
 *
 * @param guard the name of the guard; empty if it has none
 * @param context the class loader with which a pool or driver finds the application's classes
 */
public record GuardThreads(String guard, @Nullable ClassLoader context) {

  /**
   * Creates threads with the context class loader of the calling thread, whichever thread starts
   * them later.
   */
  public GuardThreads(String guard) {
    this(guard, Thread.currentThread().getContextClassLoader());
  }

  /** Returns a factory of threads for one purpose, named {@code schema-guard-refresh-orders}. */
  public ThreadFactory named(String purpose) {
    String name = "schema-guard-" + purpose + (guard.isEmpty() ? "" : "-" + guard);
    return new ThreadFactory() {
      @Override
      public Thread newThread(Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(context);
        return thread;
      }
    };
  }
}
