// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.RecordedLog;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The status that a guard publishes: from memory, kept fresh behind its readers. */
class LiveStatusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final Duration NEVER = Duration.ofDays(1);

  private final TestDatabase database = H2.database();
  private final RecordingDataSource recorded = new RecordingDataSource(database.dataSource());

  /** What every connection fails with, if anything. */
  private final AtomicReference<String> outage = new AtomicReference<>();

  private final AtomicInteger connections = new AtomicInteger();

  private SchemaGuard guard = guard(OFTEN).build();

  @AfterEach
  void theDaemonThreadEndsWithTheGuard() throws InterruptedException {
    guard.close();
    Patience.untilNoGuardThread(PATIENCE);
  }

  private SchemaGuardBuilder guard(Duration interval) {
    DataSource breakable =
        SimpleDataSource.of(
            () -> {
              connections.incrementAndGet();
              if (outage.get() != null) {
                throw new SQLException(outage.get(), "08001");
              }
              return recorded.dataSource().getConnection();
            });
    return Statewave.guard(breakable, "0.6.1").refreshInterval(interval);
  }

  private void every(Duration interval) {
    guard = guard(interval).build();
  }

  private void migrate(int count) {
    Statewave.update(database.dataSource(), count);
  }

  private MigrationStatus until(Verdict verdict) {
    Patience.until("the status is " + verdict, PATIENCE, () -> guard.status().verdict() == verdict);
    return guard.status();
  }

  private MigrationStatus untilStale() {
    Patience.until("the status is stale", PATIENCE, () -> guard.status().stale() != null);
    return guard.status();
  }

  private void untilNotStale() {
    Patience.until("the status is not stale", PATIENCE, () -> guard.status().stale() == null);
  }

  /** Waits until a refresh that began after now has ended: until the next one has begun. */
  private void untilRefreshed() {
    int before = connections.get();
    Patience.until("two refreshes have begun", PATIENCE, () -> connections.get() >= before + 2);
  }

  private List<String> takeStatements() {
    return recorded.takeCalls().stream().filter(call -> call.startsWith("SELECT")).toList();
  }

  @Nested
  class AReader {

    @Test
    void waitsForTheFirstAnswerOnly() {
      every(NEVER);
      migrate(9);

      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND);

      migrate(3);
      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(takeStatements()).hasSize(3);
    }

    @Test
    void isAnsweredFromMemoryAfterTheStartUpCheck() {
      every(NEVER);
      migrate(12);
      MigrationStatus enforced = guard.enforce();
      takeStatements();

      for (int i = 0; i < 1_000; i++) {
        assertThat(guard.status()).isSameAs(enforced);
      }

      assertThat(takeStatements()).isEmpty();
    }

    @Test
    void costsNoMemory() {
      every(NEVER);
      guard.status();
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long thread = Thread.currentThread().getId();
      long before = threads.getThreadAllocatedBytes(thread);

      for (int i = 0; i < 1_000_000; i++) {
        if (guard.status().compatible() || guard.readiness() != Readiness.READY) {
          throw new AssertionError("an empty database is not compatible, and warn is ready");
        }
      }

      assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(100_000);
    }

    @Test
    void waitsNoLongerThanTheTimeoutWhateverTheFirstCheckDoes() {
      CountDownLatch hang = new CountDownLatch(1);
      GuardThreads threads = new GuardThreads("");
      Policy policy =
          new Policy(
              "x",
              new EffectiveMode(Mode.WARN, null, "X"),
              null,
              PolicySettings.DEFAULT,
              ReportingSettings.DEFAULT);
      AtomicReference<String> told = new AtomicReference<>();
      LiveStatus live =
          new LiveStatus(
              PublishedStatusTest.source(
                  last -> {
                    Patience.await(hang);
                    throw new AssertionError();
                  },
                  told::set),
              NEVER,
              Duration.ofMillis(50),
              threads,
              new ChangeReport(policy, threads.named("tell")));

      assertThat(live.status().verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(told).hasValue("the first check has not ended yet");
      assertThat(live.readiness()).isEqualTo(Readiness.NOT_READY);
      live.close();
    }

    @Test
    void isAnsweredWhileTheDatabaseHangs() throws Exception {
      CountDownLatch hang = new CountDownLatch(1);
      AtomicReference<CountDownLatch> failure = new AtomicReference<>();
      migrate(12);
      guard =
          Statewave.guard(
                  SimpleDataSource.of(
                      () -> {
                        CountDownLatch latch = failure.get();
                        if (latch != null) {
                          Patience.await(latch);
                        }
                        return database.dataSource().getConnection();
                      }),
                  "0.6.1")
              .refreshInterval(OFTEN)
              .timeout(Duration.ofMillis(100))
              .build();
      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      failure.set(hang);
      MigrationStatus stale = untilStale();

      assertThat(stale.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(stale.stale().error()).startsWith("no answer from the connection pool within");
      hang.countDown();
      untilNotStale();
    }

    @Test
    void thatIsInterruptedIsToldSo() throws Exception {
      CountDownLatch hang = new CountDownLatch(1);
      guard =
          Statewave.guard(
                  SimpleDataSource.of(
                      () -> {
                        Patience.await(hang);
                        return database.dataSource().getConnection();
                      }),
                  "0.6.1")
              .build();
      AtomicReference<MigrationStatus> result = new AtomicReference<>();
      AtomicReference<Boolean> flag = new AtomicReference<>();
      Thread reader =
          new Thread(
              () -> {
                result.set(guard.status());
                flag.set(Thread.currentThread().isInterrupted());
              });
      reader.start();
      Patience.until("it waits", PATIENCE, () -> reader.getState() == Thread.State.TIMED_WAITING);

      reader.interrupt();
      reader.join(PATIENCE.toMillis());

      assertThat(result.get().verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(result.get().error()).isEqualTo("the thread that asked was interrupted");
      assertThat(flag.get()).isTrue();
      hang.countDown();
    }

    @Test
    void getsTheConfigurationErrorWhereNothingWasEverTold() throws SQLException {
      migrate(1);
      CompatibilityMatrix withoutChain =
          CompatibilityMatrix.builder().row("*", "0001_init", null, null).build();
      database.execute("UPDATE DATABASECHANGELOG SET ID = '0001_init_2'");
      guard = guard(OFTEN).matrix(withoutChain).build();

      assertThatThrownBy(() -> guard.status())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("'0001_init' is not applied, but 0001_init_2 is");

      database.execute("UPDATE DATABASECHANGELOG SET ID = '0001_init'");
      Patience.until("it is told", PATIENCE, () -> guard.check().compatible());
      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);

      database.execute("UPDATE DATABASECHANGELOG SET ID = '0001_init_2', DATEEXECUTED = NOW()");
      assertThat(untilStale().stale().error()).contains("'0001_init' is not applied, but");
      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }
  }

  @Nested
  class ARefresh {

    @Test
    void isOneStatementThatYieldsOneRowWhileNothingMoves() {
      migrate(12);
      guard.status();
      untilRefreshed();
      takeStatements();

      untilRefreshed();
      untilRefreshed();

      List<String> statements = takeStatements();
      assertThat(statements).hasSizeGreaterThanOrEqualTo(3);
      assertThat(statements).allMatch(sql -> sql.startsWith("SELECT COUNT(*), "));
    }

    @Test
    void isMadeOnceAnIntervalHoweverManyAsk() throws InterruptedException {
      Duration interval = Duration.ofMillis(100);
      every(interval);
      migrate(12);
      guard.status();
      int before = connections.get();
      long start = System.nanoTime();
      List<Thread> probes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        probes.add(
            new Thread(
                () -> {
                  for (int call = 0; call < 1_000; call++) {
                    assertThat(guard.status().compatible()).isTrue();
                  }
                }));
      }
      probes.forEach(Thread::start);
      for (Thread probe : probes) {
        probe.join();
      }

      untilRefreshed();

      long intervals = (System.nanoTime() - start) / interval.toNanos();
      assertThat(connections.get() - before).isBetween(2, (int) intervals + 1);
    }

    @Test
    void readsTheHistoryOnlyOnceItMoved() {
      migrate(11);
      guard = guard(OFTEN).applicationVersion("0.6.0").build();
      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND_COMPATIBLE);
      untilRefreshed();
      takeStatements();

      migrate(1);
      until(Verdict.UP_TO_DATE);
      untilRefreshed();

      assertThat(takeStatements().stream().filter(sql -> sql.startsWith("SELECT ID, ")))
          .as("whole reads")
          .hasSize(1);
    }

    @Test
    void readsTheHistoryWhileSomebodyMayRepairIt() throws SQLException {
      migrate(12);
      database.execute("UPDATE DATABASECHANGELOG SET FILENAME = 'x' WHERE ORDEREXECUTED = 5");
      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND);

      database.execute(
          "UPDATE DATABASECHANGELOG SET FILENAME = 'db/changelog/' || ID || '.yaml'"
              + " WHERE ORDEREXECUTED = 5");

      until(Verdict.UP_TO_DATE);
    }

    @Test
    void seesWhatLiquibaseAppliesRerunsAndTakesBack() throws SQLException {
      migrate(12);
      until(Verdict.UP_TO_DATE);

      Statewave.rollback(database.dataSource(), 1);
      until(Verdict.BEHIND);
      migrate(1);
      until(Verdict.UP_TO_DATE);
      database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = 3");
      until(Verdict.FAILED);
      database.execute("UPDATE DATABASECHANGELOG SET EXECTYPE = 'RERAN' WHERE ORDEREXECUTED = 3");
      until(Verdict.UP_TO_DATE);
      LiquibaseRun.ofChangesets(database.dataSource(), "db/other.xml", "0099_other").update();
      until(Verdict.AHEAD_UNKNOWN);
      database.execute("DROP TABLE DATABASECHANGELOG");
      until(Verdict.UNINITIALIZED);
    }

    @Test
    void tellsOfALockThatComesAndGoes() {
      migrate(11);
      guard = guard(OFTEN).applicationVersion("0.6.0").build();
      assertThat(until(Verdict.BEHIND_COMPATIBLE).migrationLock()).isNull();

      Statewave.run(database.dataSource())
          .locked(
              () ->
                  Patience.until(
                      "the lock is seen", PATIENCE, () -> guard.status().migrationLock() != null));

      Patience.until("it is gone", PATIENCE, () -> guard.status().migrationLock() == null);
    }

    @Test
    void forgetsALockThatAWaitHasSeenOnceItIsGone() {
      migrate(12);

      Statewave.run(database.dataSource())
          .locked(
              () -> {
                assertThat(guard.await(Duration.ofSeconds(5), status -> {}).migrationLock())
                    .isNotNull();
                guard.status();
                untilRefreshed();
                assertThat(guard.status().migrationLock()).isNotNull();
              });

      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      Patience.until("it is gone", PATIENCE, () -> guard.status().migrationLock() == null);
    }

    @Test
    void isNotHurriedByACheckAndSeesWhatThatSaw() {
      every(NEVER);
      migrate(9);
      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND);
      migrate(3);

      MigrationStatus checked = guard.check();

      assertThat(guard.status()).isSameAs(checked);
      assertThat(checked.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void thatWasInterruptedSaysNothingOfTheDatabase() {
      every(NEVER);
      migrate(12);
      MigrationStatus told = guard.status();

      Thread.currentThread().interrupt();
      MigrationStatus interrupted = guard.check();

      assertThat(Thread.interrupted()).isTrue();
      assertThat(interrupted.error()).isEqualTo("the check was interrupted");
      assertThat(guard.status()).isSameAs(told);
    }

    @Test
    void ofAnotherVersionIsNotPublished() {
      every(NEVER);
      migrate(12);
      MigrationStatus own = guard.status();

      assertThat(guard.check("0.5.0").verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);

      assertThat(guard.status()).isSameAs(own);
    }
  }

  @Nested
  class AFailedRefresh {

    @Test
    void keepsTheLastAnswerMarkedStale() {
      migrate(12);
      MigrationStatus told = guard.status();
      Instant before = Instant.now();

      outage.set("the network is down");
      MigrationStatus stale = untilStale();

      assertThat(stale.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(stale.compatible()).isTrue();
      assertThat(stale.summary()).isEqualTo(told.summary());
      assertThat(stale.checkedAt()).isBetween(told.checkedAt(), stale.stale().since());
      assertThat(stale.stale().since()).isBetween(before, Instant.now());
      assertThat(stale.stale().error()).isEqualTo("the network is down");
      assertThat(stale.toJson()).contains("\"error\": \"the network is down\"");
    }

    @Test
    void keepsItSinceTheFirstWithTheErrorOfTheLast() {
      migrate(12);
      guard.status();
      outage.set("the network is down");
      MigrationStatus first = untilStale();

      outage.set("the host is down");
      Patience.until(
          "the error is new",
          PATIENCE,
          () -> guard.status().stale().error().equals("the host is down"));
      assertThat(guard.status().stale().since()).isEqualTo(first.stale().since());

      outage.set(null);
      untilNotStale();
      outage.set("the network is down");
      assertThat(untilStale().stale().since()).isAfter(first.stale().since());
    }

    @Test
    void byACheckMarksItToo() {
      every(NEVER);
      migrate(12);
      guard.status();
      outage.set("the network is down");

      assertThat(guard.check().verdict()).isEqualTo(Verdict.UNREACHABLE);

      assertThat(guard.status().verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.status().stale().error()).isEqualTo("the network is down");
    }

    @Test
    void hasNothingToKeepWhereNothingWasEverTold() {
      migrate(12);
      outage.set("the network is down");

      MigrationStatus status = guard.status();

      assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(status.stale()).isNull();
      outage.set(null);
      until(Verdict.UP_TO_DATE);
    }

    @Test
    void byAnErrorOfTheDriverIsNotTheLast() {
      AtomicReference<Error> error = new AtomicReference<>(new NoClassDefFoundError("driver/X"));
      migrate(12);
      guard =
          Statewave.guard(
                  SimpleDataSource.of(
                      () -> {
                        if (error.get() != null) {
                          throw error.get();
                        }
                        return database.dataSource().getConnection();
                      }),
                  "0.6.1")
              .refreshInterval(OFTEN)
              .build();
      assertThat(guard.status().verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(guard.status().error()).contains("driver/X");

      error.set(null);
      Patience.until("it answers", PATIENCE, () -> guard.check().compatible());
      error.set(new NoClassDefFoundError("driver/Y"));
      assertThat(untilStale().stale().error()).contains("driver/Y");
      error.set(null);
      untilNotStale();
    }

    @Test
    void isLoggedOnceAndSoIsItsEnd() {
      migrate(12);
      guard.enforce();
      try (RecordedLog log = new RecordedLog()) {
        guard.status();
        outage.set("the network is down");
        untilStale();
        untilRefreshed();
        outage.set(null);
        untilNotStale();
        untilRefreshed();

        Patience.until("both are logged", PATIENCE, () -> log.lines().size() == 2);
        assertThat(log.lines())
            .containsExactly(
                "WARN statewave 0.6.1: no new answer, the last one stands (Schema is up to date):"
                    + " the network is down",
                "INFO statewave 0.6.1: answers again: Schema is up to date; database "
                    + database.shownByH2());
      }
    }
  }

  @Nested
  class AnOutageDuringWhichSomethingMoved {

    @Test
    void endsInTheLogWithTheNewVerdictAndItsProblem() {
      migrate(12);
      guard.enforce();
      try (RecordedLog log = new RecordedLog()) {
        guard.status();
        outage.set("the network is down");
        untilStale();
        Statewave.rollback(database.dataSource(), 1);
        outage.set(null);
        until(Verdict.BEHIND);

        Patience.until("both are logged", PATIENCE, () -> log.lines().size() == 2);
        assertThat(log.lines().get(1))
            .startsWith("WARN 1 pending migration(s): ")
            .contains("[GUARD-BEHIND]");
      }
    }
  }

  @Nested
  class AListener {

    private final List<String> heard = java.util.Collections.synchronizedList(new ArrayList<>());

    private void listen() {
      guard.addListener((before, now) -> heard.add(before.verdict() + " to " + now.verdict()));
    }

    private void untilHeard(String... changes) {
      Patience.until("all is heard", PATIENCE, () -> heard.size() >= changes.length);
      assertThat(heard).containsExactly(changes);
    }

    @Test
    void hearsOfEveryChangeOfTheVerdictOnce() {
      migrate(9);
      listen();
      until(Verdict.BEHIND);
      untilRefreshed();
      assertThat(heard).isEmpty();

      migrate(3);
      until(Verdict.UP_TO_DATE);
      untilRefreshed();
      Statewave.rollback(database.dataSource(), 1);

      untilHeard("BEHIND to UP_TO_DATE", "UP_TO_DATE to BEHIND");
    }

    @Test
    void hearsNothingOfAnOutage() {
      migrate(12);
      listen();
      until(Verdict.UP_TO_DATE);
      outage.set("the network is down");
      untilStale();
      outage.set(null);
      untilNotStale();

      Statewave.rollback(database.dataSource(), 1);

      untilHeard("UP_TO_DATE to BEHIND");
    }

    @Test
    void thatFailsOrHangsStopsNeitherTheStatusNorTheOthers() {
      CountDownLatch hang = new CountDownLatch(1);
      migrate(9);
      try (RecordedLog log = new RecordedLog()) {
        guard.addListener(
            (before, now) -> {
              throw new IllegalStateException("a bug");
            });
        guard.addListener(
            (before, now) -> {
              throw new NoClassDefFoundError("a class of an application that was undeployed");
            });
        listen();
        guard.addListener((before, now) -> Patience.await(hang));
        until(Verdict.BEHIND);

        migrate(3);
        untilHeard("BEHIND to UP_TO_DATE");
        Statewave.rollback(database.dataSource(), 1);
        until(Verdict.BEHIND);
        hang.countDown();

        untilHeard("BEHIND to UP_TO_DATE", "UP_TO_DATE to BEHIND");
        assertThat(log.lines()).contains("WARN A listener failed on the change to UP_TO_DATE");
      }
    }

    @Test
    void ofAStrictApplicationReadsTheProblemInTheLog() {
      migrate(12);
      guard = guard(OFTEN).mode(Mode.STRICT).build();
      guard.enforce();
      try (RecordedLog log = new RecordedLog()) {
        guard.status();
        Statewave.rollback(database.dataSource(), 1);
        until(Verdict.BEHIND);
        Patience.until("it is logged", PATIENCE, () -> !log.lines().isEmpty());

        assertThat(log.lines()).hasSize(1);
        assertThat(log.lines().get(0))
            .startsWith("WARN 1 pending migration(s): ")
            .contains("Schema Guard warns: statewave 0.6.1 should not run on this database")
            .contains("[GUARD-BEHIND]");
      }
    }
  }

  @Nested
  class Closing {

    @Test
    void keepsTheLastAnswerAndAsksNoMore() throws InterruptedException {
      migrate(9);
      guard.status();

      guard.close();
      Patience.untilNoGuardThread(PATIENCE);
      takeStatements();
      migrate(3);

      assertThat(guard.status().verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(takeStatements()).isEmpty();
    }

    @Test
    void leavesAChangeThatALaterCheckSeesUntold() {
      migrate(9);
      guard.status();
      guard.close();
      migrate(3);

      MigrationStatus checked = guard.check();

      assertThat(checked.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(guard.status()).isSameAs(checked);
    }

    @Test
    void endsACheckThatHangs() throws InterruptedException {
      CountDownLatch borrowing = new CountDownLatch(1);
      guard =
          Statewave.guard(
                  SimpleDataSource.of(
                      () -> {
                        borrowing.countDown();
                        Patience.await(new CountDownLatch(1));
                        return null;
                      }),
                  "0.6.1")
              .timeout(Duration.ofMinutes(10))
              .build();
      guard.addListener((before, now) -> {});
      Patience.await(borrowing);

      guard.close();

      Patience.untilNoGuardThread(PATIENCE);
    }

    @Test
    void beforeTheFirstAnswerIsAnAnswer() {
      guard.close();

      MigrationStatus status = guard.status();

      assertThat(status.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(status.error()).isEqualTo("the guard was closed before it had an answer");
      guard.close();
    }

    @Test
    void isNotNeededByAGuardThatWasOnlyAsked() {
      guard.enforce();
      migrate(12);
      assertThat(guard.check().compatible()).isTrue();

      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().matches("schema-guard-(refresh|tell)"));
    }
  }

  @Nested
  class TheClassLoaderOfTheThread {

    private final AtomicReference<ClassLoader> seen = new AtomicReference<>();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @AfterEach
    void putBack() {
      Thread.currentThread().setContextClassLoader(before);
    }

    private SchemaGuard builtBy(ClassLoader application) {
      Thread.currentThread().setContextClassLoader(application);
      return Statewave.guard(
              SimpleDataSource.of(
                  () -> {
                    seen.set(Thread.currentThread().getContextClassLoader());
                    return database.dataSource().getConnection();
                  }),
              "0.6.1")
          .build();
    }

    @Test
    void isThatOfTheApplicationThatBuiltTheGuardWhoeverReadsFirst() {
      ClassLoader application = new ClassLoader("application", before) {};
      guard = builtBy(application);

      Thread.currentThread().setContextClassLoader(new ClassLoader("stranger", before) {});
      guard.status();

      assertThat(seen).hasValue(application);
    }

    @Test
    void isThatOfWhoeverAsksTheDatabaseHimself() {
      guard = builtBy(before);
      ClassLoader asking = new ClassLoader("asking", before) {};

      Thread.currentThread().setContextClassLoader(asking);
      guard.check();

      assertThat(seen).hasValue(asking);
    }
  }
}
