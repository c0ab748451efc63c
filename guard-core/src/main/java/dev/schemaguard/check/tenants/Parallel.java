// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Runs jobs a few at a time. */
final class Parallel {

  /** The maximum number of connections to one database at a time. */
  static final int MOST = 4;

  private Parallel() {}

  /**
   * Runs all jobs, and returns when they have ended. If the calling thread is interrupted, the jobs
   * are too.
   *
   * @throws RuntimeException the first that a job throws, in the order of the jobs
   */
  static void run(List<Runnable> jobs, ThreadFactory threads) {
    if (jobs.size() <= 1) {
      jobs.forEach(Runnable::run);
      return;
    }
    ExecutorService executor = Executors.newFixedThreadPool(Math.min(MOST, jobs.size()), threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      jobs.forEach(job -> running.add(executor.submit(job)));
      for (Future<?> job : running) {
        job.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } finally {
      end(executor);
    }
  }

  /** Interrupts the jobs and waits for their end; an interrupted job ends at once. */
  static void end(ExecutorService executor) {
    executor.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
