// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.history.SqlFailure;
import dev.schemaguard.policy.ChangeReport;
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
 * The one status that a guard publishes. Readers get it from memory; from the first of them on, a
 * daemon thread asks the database anew at every interval, until this is closed.
 *
 * <p>Intervals and the order of answers go by {@link System#nanoTime}, so that a clock that is set
 * moves nothing. Thread-safe.
 */
public final class LiveStatus implements AutoCloseable {

  /** So long that nobody sees the end of it, and a time in its future does not overflow. */
  private static final long LONGEST_INTERVAL = Long.MAX_VALUE / 4;

  /** For the first check to say itself that it had no answer in time. */
  private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

  /** Where the answers come from. */
  public interface Source {

    /**
     * Asks the database.
     *
     * @param last the last answer that could be told; null if there is none
     */
    CheckResult ask(@Nullable CheckResult last);

    /** The status where there is no answer. */
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
   * A status that nobody has asked for yet.
   *
   * @param interval how long after one answer the next is asked for
   * @param patience how long, and hardly longer, the first reader waits for the first answer
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
   * The last answer. Only where there is none yet, the first is waited for.
   *
   * @throws RuntimeException if none could be made, such as a configuration error
   */
  public MigrationStatus status() {
    return moment().status();
  }

  /** The readiness by the same answer, for an instance in strict mode; waits and throws alike. */
  public Readiness readiness() {
    return moment().readiness();
  }

  private PublishedStatus moment() {
    PublishedStatus known = latest;
    return known != null && refresher != null ? known : firstMoment();
  }

  private PublishedStatus firstMoment() {
    watch();
    try {
      return awaitMoment();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return without("the thread that asked was interrupted");
    }
  }

  private synchronized PublishedStatus awaitMoment() throws InterruptedException {
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

  /** Begins to refresh at every interval, if that has not begun. */
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

  /** Spread a little, for a fleet that is deployed at once should not ask at once ever after. */
  private long firstDelay() {
    PublishedStatus known = latest;
    long spread = ThreadLocalRandom.current().nextLong(interval / 10 + 1);
    return known == null ? 0 : known.asked() + interval - System.nanoTime() + spread;
  }

  private void refresh() {
    PublishedStatus known = latest;
    long asked = System.nanoTime();
    try {
      publish(source.ask(known == null ? null : known.answer()));
    } catch (RuntimeException | Error e) {
      fail(e, asked);
    }
  }

  /** Takes an answer to a question, whoever asked it. An interrupted one says nothing. */
  public void publish(CheckResult answer) {
    if (!Thread.currentThread().isInterrupted()) {
      synchronized (this) {
        PublishedStatus known = latest;
        publish(known, known == null ? PublishedStatus.first(answer) : known.after(answer));
      }
    }
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
   * Ends the refreshing, at once even if a check is going on. Readers get the last answer from now
   * on.
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
