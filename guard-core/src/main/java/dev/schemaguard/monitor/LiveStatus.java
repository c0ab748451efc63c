// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.dialect.SqlFailure;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The status that a guard publishes. It is read from memory. From the first read on, a daemon
 * thread checks the database at every interval, until this is closed.
 *
 * <p>Intervals and the order of results are measured with {@link System#nanoTime}, so that changes
 * of the system clock have no effect. Thread-safe.
 */
public final class LiveStatus implements AutoCloseable {

  /**
   * The longest interval. It never ends in practice, and adding it to the current time does not
   * overflow.
   */
  private static final long LONGEST_INTERVAL = Long.MAX_VALUE / 4;

  /** The additional time in which the first check can itself report that it timed out. */
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

  /** The source of the check results. */
  public interface Source {

    /**
     * Checks the database.
     *
     * @param last the last known result; null if there is none
     */
    CheckResult ask(@Nullable CheckResult last);

    /** Returns the status if there is no result. */
    MigrationStatus unanswered(String reason);
  }

  private final Source source;
  private final long interval;
  private final long patience;
  private final GuardThreads threads;
  private final ChangeReport changes;
  private volatile @Nullable PublishedStatus latest;
  private volatile @Nullable ScheduledThreadPoolExecutor refresher;
  private @Nullable RuntimeException failure;
  private boolean closed;

  /**
   * Creates a status that has not been read yet.
   *
   * @param interval the time between the end of one check and the next
   * @param patience how long, with a small margin, the first reader waits for the first result
   */
  public LiveStatus(
      Source source,
      Duration interval,
      Duration patience,
      GuardThreads threads,
      ChangeReport changes) {
    this.source = source;
    this.interval = Math.min(LONGEST_INTERVAL, TimeUnit.NANOSECONDS.convert(interval));
    this.patience = Math.min(LONGEST_INTERVAL, TimeUnit.NANOSECONDS.convert(patience));
    this.threads = threads;
    this.changes = changes;
  }

  /**
   * Returns the last status. It waits for the first one only if there is none yet.
   *
   * @throws RuntimeException if there is none because of an error, such as a configuration error
   */
  public MigrationStatus status() {
    return published().status();
  }

  /**
   * Returns the readiness of an instance in strict mode, from the same result. It waits and throws
   * as {@link #status} does.
   */
  public Readiness readiness() {
    return published().readiness();
  }

  private PublishedStatus published() {
    PublishedStatus known = latest;
    return known != null && refresher != null ? known : firstPublished();
  }

  private PublishedStatus firstPublished() {
    watch();
    try {
      return awaitPublished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without("the thread that asked was interrupted");
    }
  }

  private synchronized PublishedStatus awaitPublished() throws InterruptedException {
    long end = System.nanoTime() + patience + SLACK;
    while (latest == null && failure == null && !closed) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return without("the first check has not ended yet");
      }
      TimeUnit.NANOSECONDS.timedWait(this, left + 1_000_000);
    }
    if (latest == null && failure != null) {
      throw failure;
    }
    return latest == null ? without("the guard was closed before it had an answer") : latest;
  }

  private PublishedStatus without(String reason) {
    return PublishedStatus.first(CheckResult.none(source.unanswered(reason), System.nanoTime()));
  }

  /** Starts the refreshing at every interval, if it has not started. */
  public synchronized void watch() {
    if (refresher != null || closed) {
      return;
    }
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(1, threads.named("refresh"));
    Future<?> unused =
        executor.scheduleWithFixedDelay(
            this::refresh, firstDelay(), interval, TimeUnit.NANOSECONDS);
    refresher = executor;
  }

  /**
   * Returns the delay before the first refresh. It is slightly random, so that instances that are
   * deployed at the same time do not keep checking at the same time.
   */
  private long firstDelay() {
    PublishedStatus known = latest;
    long spread = ThreadLocalRandom.current().nextLong(interval / 10 + 1);
    return known == null ? 0 : known.asked() + interval - System.nanoTime() + spread;
  }

  private void refresh() {
    PublishedStatus known = latest;
    long asked = System.nanoTime();
    try {
      MigrationStatus unused = publish(source.ask(known == null ? null : known.result()));
    } catch (RuntimeException | Error e) {
      fail(e, asked);
    }
  }

  /**
   * Publishes a result, whichever caller checked. The result of an interrupted thread is not
   * published.
   *
   * @return the status in the result
   */
  public MigrationStatus publish(CheckResult result) {
    if (!Thread.currentThread().isInterrupted()) {
      synchronized (this) {
        PublishedStatus known = latest;
        publish(known, known == null ? PublishedStatus.first(result) : known.after(result));
      }
    }
    return result.status();
  }

  private synchronized void fail(Throwable cause, long asked) {
    PublishedStatus known = latest;
    if (known != null) {
      String error = SqlFailure.message(cause);
      publish(known, known.afterFailure(error, Instant.now(), asked));
    } else {
      failure = cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
      notifyAll();
    }
  }

  private void publish(@Nullable PublishedStatus before, PublishedStatus now) {
    latest = now;
    notifyAll();
    if (before != null && refresher != null && !closed) {
      changes.report(before.status(), now.status());
    }
  }

  /**
   * Ends the refreshing, at once even if a check is in progress. Readers get the last status from
   * now on.
   */
  @Override
  public void close() {
    ScheduledThreadPoolExecutor running;
    synchronized (this) {
      closed = true;
      running = refresher;
      notifyAll();
    }
    changes.close();
    if (running != null) {
      running.shutdownNow();
      try {
        boolean unused = running.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
