// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads that tell by their name whose they are, and keep nothing of whoever starts them.
 *
 * @param guard the name of the guard; empty if it has none
 * @param context the class loader by which a pool or driver finds what belongs to the application
 */
public record GuardThreads(String guard, @Nullable ClassLoader context) {

  /** Threads of the application that makes them, whoever starts them later. */
  public GuardThreads(String guard) {
    this(guard, Thread.currentThread().getContextClassLoader());
  }

  /** Threads for one purpose: {@code schema-guard-refresh-orders}. */
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
