// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.policy.StatusListener;
import dev.schemaguard.status.MigrationStatus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports changes of the published status to the log, then to the listeners, one change after the
 * other. It uses a daemon thread that lives while there is something to report, so that neither a
 * slow log nor a listener that hangs delays a check. Thread-safe.
 */
public final class ChangeReport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.schemaguard.SchemaGuard");

  private final Policy policy;
  private final List<StatusListener> listeners = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor teller;

  /** Creates a report without listeners. */
  public ChangeReport(Policy policy, ThreadFactory threads) {
    this.policy = policy;
    this.teller =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    teller.allowCoreThreadTimeOut(true);
  }

  /** Adds a listener, which hears of each change of the verdict from now on. */
  public void add(StatusListener listener) {
    listeners.add(listener);
  }

  /**
   * Reports the difference between two statuses, if there is one. It does so asynchronously and
   * never throws. If no thread can be created, the change is not reported.
   */
  public void report(MigrationStatus before, MigrationStatus now) {
    boolean newVerdict = !before.hasVerdictOf(now);
    boolean newlyStale = (before.stale() == null) != (now.stale() == null);
    if (newVerdict || newlyStale) {
      try {
        teller.execute(() -> tell(before, now, newVerdict));
      } catch (Error e) {
        // An exception would end the refreshing permanently and unnoticed; and a log may block.
      }
    }
  }

  private void tell(MigrationStatus before, MigrationStatus now, boolean newVerdict) {
    try {
      policy.logChange(before, now);
    } finally {
      if (newVerdict) {
        listeners.forEach(listener -> tell(listener, before, now));
      }
    }
  }

  private static void tell(StatusListener listener, MigrationStatus before, MigrationStatus now) {
    try {
      listener.verdictChanged(before, now);
    } catch (RuntimeException | Error e) {
      LOG.warn("A listener failed on the change to {}", now.verdict(), e);
    }
  }

  /** Accepts no more changes; those submitted so far are still reported. */
  @Override
  public void close() {
    teller.shutdown();
  }
}
