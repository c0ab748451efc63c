// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static dev.schemaguard.status.Verdict.UNREACHABLE;
import static dev.schemaguard.status.Verdict.UP_TO_DATE;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.ConnectionSource;
import dev.schemaguard.testing.FaultTrial;
import dev.schemaguard.testing.FaultTrial.Action;
import dev.schemaguard.testing.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A server that goes down and comes back while guards check it.
 *
 * @param untilNoticed whether it stays down until every guard has noticed
 */
record ServerOutage(Action down, Action up, boolean untilNoticed) {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long REFUSED_PAUSE_MILLIS = 20;

  /** Strikes as often as the trial says, and concludes it. */
  void strike(FaultTrial trial, List<ConnectionSource> lenders) throws Exception {
    List<Checks> checks = new ArrayList<>();
    for (ConnectionSource lender : lenders) {
      checks.add(new Checks(lender, trial));
    }
    try {
      for (int i = 0; i < trial.rounds(); i++) {
        checks.forEach(each -> each.awaitNext(UP_TO_DATE));
        down.run();
        if (untilNoticed) {
          checks.forEach(each -> each.awaitNext(UNREACHABLE));
        }
        up.run();
      }
    } finally {
      for (Checks each : checks) {
        each.end();
      }
    }
    for (ConnectionSource lender : lenders) {
      trial.look(lender);
    }
    trial.conclude();
  }

  /** Checks one after the other, on a thread of their own, until ended. */
  private static final class Checks {
    private final AtomicReference<Verdict> awaited = new AtomicReference<>();
    private final FutureTask<Void> asking;
    private volatile boolean over;

    Checks(ConnectionSource lender, FaultTrial trial) {
      asking =
          new FutureTask<>(
              () -> {
                while (!over) {
                  MigrationStatus status = lender.check();
                  trial.judge(status);
                  awaited.compareAndSet(status.verdict(), null);
                  if (status.verdict() == UNREACHABLE) {
                    // Refused at once: without a pause the checks would take the processors from
                    // the server that starts.
                    Thread.sleep(REFUSED_PAUSE_MILLIS);
                  }
                }
                return null;
              });
      new Thread(asking, "checks").start();
    }

    /** Waits for a status of this verdict. */
    void awaitNext(Verdict verdict) {
      awaited.set(verdict);
      Patience.until(
          "the checks say " + verdict, PATIENCE, () -> awaited.get() == null || asking.isDone());
    }

    /** Ends them, and fails if one of them was late. */
    void end() throws Exception {
      over = true;
      asking.get();
    }
  }
}
