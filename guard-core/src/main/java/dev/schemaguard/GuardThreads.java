// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import java.util.concurrent.ThreadFactory;

/**
 * Daemon threads that tell by their name whose they are, and keep nothing of whoever starts them.
 *
 * @param guard the name of the guard; empty if it has none
 */
record GuardThreads(String guard) {

  /** Threads for one purpose: {@code schema-guard-refresh-orders}. */
  ThreadFactory named(String purpose) {
    String name = "schema-guard-" + purpose + (guard.isEmpty() ? "" : "-" + guard);
    return work -> {
      Thread thread = new Thread(null, work, name, 0, false);
      thread.setDaemon(true);
      return thread;
    };
  }
}
