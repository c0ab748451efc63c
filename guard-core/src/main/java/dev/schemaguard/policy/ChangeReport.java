// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

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
 * Tells of changes of the published status: the log, then the listeners, one change after the
 * other. On a daemon thread that lives while there is something to tell, so that neither a slow log
 * nor a listener that hangs holds up a check. Thread-safe.
 */
public final class ChangeReport implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("dev.schemaguard.SchemaGuard");

  private final Policy policy;
  private final List<StatusListener> listeners = new CopyOnWriteArrayList<>();
  private final ThreadPoolExecutor teller;

  /** A report that nobody listens to yet. */
  public ChangeReport(Policy policy, ThreadFactory threads) {
    this.policy = policy;
    this.teller =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    teller.allowCoreThreadTimeOut(true);
  }

  public void add(StatusListener listener) {
    listeners.add(listener);
  }

  /**
   * Tells of what lies between two moments, if anything does; later, and never throws. A change for
   * which the machine has no thread to spare is told to nobody.
   */
  public void report(MigrationStatus before, MigrationStatus now) {
    boolean newVerdict = !before.hasVerdictOf(now);
    boolean newlyStale = (before.stale() == null) != (now.stale() == null);
    if (newVerdict || newlyStale) {
      try {
        teller.execute(() -> tell(before, now, newVerdict));
      } catch (Error e) {
        // It would end the refreshing, for good and unseen; and a log may block.
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

  /** Takes no more changes; those reported so far are still told. */
  @Override
  public void close() {
    teller.shutdown();
  }
}
