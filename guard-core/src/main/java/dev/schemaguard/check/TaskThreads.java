// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Creates the daemon threads on which tasks run. They inherit no thread locals. */
public final class TaskThreads {

  private static final long KEEP_MILLIS = 100;

  private TaskThreads() {}

  /**
   * Returns an executor with as many threads as there is work at a time. A thread that has ended
   * its work waits briefly for the next, which starts sooner than on a new thread.
   */
  public static ThreadPoolExecutor pool() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        KEEP_MILLIS,
        TimeUnit.MILLISECONDS,
        new SynchronousQueue<>(),
        new Workers());
  }

  private static final class Workers implements ThreadFactory {
    @Override
    public Thread newThread(Runnable job) {
      return daemon("schema-guard-check", job);
    }
  }

  /** Returns a thread that does not keep the JVM alive. */
  static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
