// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.StatusExample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** What is told of a change where something is wrong with the machine or its log. */
class ChangeReportTest {

  private static final MigrationStatus BEHIND = status(Verdict.BEHIND);
  private static final MigrationStatus UP_TO_DATE = status(Verdict.UP_TO_DATE);

  private static MigrationStatus status(Verdict verdict) {
    return StatusExample.of(verdict).summary(verdict.toString()).status();
  }

  private final List<Verdict> heard = new CopyOnWriteArrayList<>();

  private ChangeReport report(ThreadFactory threads) {
    EffectiveMode warn = new EffectiveMode(Mode.WARN, null, "X");
    ChangeReport report =
        new ChangeReport(
            new Policy("orders", warn, null, PolicySettings.DEFAULT, ReportingSettings.DEFAULT),
            threads);
    report.add((before, now) -> heard.add(now.verdict()));
    return report;
  }

  private static Thread quietThread(Runnable work) {
    Thread thread = new Thread(work);
    thread.setUncaughtExceptionHandler((failed, failure) -> {});
    return thread;
  }

  private void untilHeard(Verdict verdict) {
    Patience.until("it is heard", Duration.ofSeconds(20), () -> !heard.isEmpty());
    assertThat(heard).containsExactly(verdict);
  }

  @Test
  void aMachineOutOfThreadsEndsNoRefreshing() {
    AtomicBoolean exhausted = new AtomicBoolean(true);
    ChangeReport report =
        report(
            work -> {
              if (exhausted.get()) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              return quietThread(work);
            });

    report.report(BEHIND, UP_TO_DATE);
    exhausted.set(false);
    report.report(UP_TO_DATE, BEHIND);
    report.close();

    untilHeard(Verdict.BEHIND);
  }

  @Test
  void itsThreadLivesOnlyWhileThereIsSomethingToTell() throws InterruptedException {
    AtomicReference<Thread> teller = new AtomicReference<>();
    ChangeReport report =
        report(
            work -> {
              teller.set(new Thread(work));
              return teller.get();
            });

    report.report(BEHIND, UP_TO_DATE);
    teller.get().join(20_000);

    assertThat(teller.get().isAlive()).isFalse();
    assertThat(heard).containsExactly(Verdict.UP_TO_DATE);
    report.close();
  }

  @Test
  void aLogThatFailsKeepsNothingFromTheListeners() {
    Handler full =
        new Handler() {
          @Override
          public void publish(LogRecord message) {
            throw new IllegalStateException("no space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger("dev.schemaguard");
    logger.addHandler(full);
    try {
      ChangeReport report = report(ChangeReportTest::quietThread);
      report.report(BEHIND, UP_TO_DATE);
      report.close();

      untilHeard(Verdict.UP_TO_DATE);
    } finally {
      logger.removeHandler(full);
    }
  }
}
