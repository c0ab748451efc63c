// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Figures;
import dev.schemaguard.testing.Patience;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.Repetitions;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One guard for long, and for many. */
@Tag("full")
class EnduranceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Duration AT_ONCE = Duration.ofNanos(1);
  private static final long MEGABYTE = 1 << 20;

  private final TestDatabase database = Postgres.database();
  private final HikariDataSource pool = pool();
  private final AtomicLong refreshes = new AtomicLong();
  private final AtomicBoolean outage = new AtomicBoolean();

  private HikariDataSource pool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.setMaximumPoolSize(4);
    return new HikariDataSource(config);
  }

  private SchemaGuard guard() {
    DataSource counted =
        SimpleDataSource.of(
            () -> {
              refreshes.incrementAndGet();
              if (outage.get()) {
                throw new SQLException("the network is down", "08001");
              }
              return pool.getConnection();
            });
    return Statewave.guard(counted, "0.6.0")
        .refreshInterval(AT_ONCE)
        // A machine that runs two builds may stop for seconds; here the answers count, not the
        // pace.
        .timeout(Duration.ofMinutes(1))
        .build();
  }

  @BeforeEach
  void migrate() {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  @AfterEach
  void nothingIsLeftBehind() throws InterruptedException {
    Patience.untilNoGuardThread(PATIENCE);
    Patience.until(
        "no connection is held",
        PATIENCE,
        () -> pool.getHikariPoolMXBean().getActiveConnections() == 0);
    pool.close();
  }

  @Test
  void aMillionReadersAndTenThousandRefreshesLeaveNoTrace() throws SQLException {
    long calls = 1_000_000L * Repetitions.of(1);
    long wanted = 10_000L * Repetitions.of(1);
    try (SchemaGuard guard = guard()) {
      readUntil(guard, wanted / 10, calls / 10);
      long memory = usedMemory();
      int threads = ManagementFactory.getThreadMXBean().getThreadCount();

      readUntil(guard, wanted, calls);

      assertThat(usedMemory() - memory).as("growth in bytes").isLessThan(2 * MEGABYTE);
      assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
          .isLessThanOrEqualTo(threads + 5);
    }
    Figures.record("endurance", "calls of status() by one reader", calls, 0);
    Figures.record("endurance", "refreshes meanwhile, some in outages", wanted, 0);
  }

  /** Reads until so many refreshes and calls were made; every now and then something moves. */
  private void readUntil(SchemaGuard guard, long wanted, long calls) throws SQLException {
    long read = 0;
    long nextMove = refreshes.get();
    int moves = 0;
    while (refreshes.get() < wanted || read < calls) {
      for (int i = 0; i < 1_000; i++) {
        assertTrue(guard.status());
      }
      read += 1_000;
      if (refreshes.get() >= nextMove) {
        nextMove = refreshes.get() + 100;
        moves++;
        outage.set(moves % 5 == 0);
        database.execute(moves % 2 == 0 ? TAKE_BACK : APPLY);
      }
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
    }
    outage.set(false);
  }

  private static final String TAKE_BACK =
      "UPDATE databasechangelog SET exectype = 'SKIPPED' WHERE orderexecuted = 12";
  private static final String APPLY =
      "UPDATE databasechangelog SET exectype = 'EXECUTED' WHERE orderexecuted = 12";

  private static void assertTrue(MigrationStatus status) {
    if (!isTrueState(status)) {
      throw new AssertionError(status.toJson());
    }
  }

  /** Whether a status is one of the two states that the database is ever in. */
  private static boolean isTrueState(MigrationStatus status) {
    boolean all = status.verdict() == Verdict.UP_TO_DATE;
    return all
        ? status.pendingRevisions().isEmpty()
            && "0012_add_health_cache".equals(status.currentRevision())
        : status.verdict() == Verdict.BEHIND_COMPATIBLE
            && status.pendingRevisions().equals(List.of("0012_add_health_cache"))
            && "0011_scope_subject_ref_to_tenant".equals(status.currentRevision());
  }

  /** What the last of several collections left, for garbage is made while this is asked. */
  private static long usedMemory() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getCollectionUsage() != null)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  @Test
  void sixtyFourThreadsOnOneGuardAreAlwaysToldTheTruth() throws Exception {
    int seconds = Repetitions.of(15);
    Set<String> wrong = ConcurrentHashMap.newKeySet();
    AtomicLong answers = new AtomicLong();
    AtomicBoolean over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    try (SchemaGuard guard = guard()) {
      for (int i = 0; i < 64; i++) {
        boolean asks = i % 8 == 0;
        threads.add(
            new Thread(
                () -> {
                  while (!over.get()) {
                    MigrationStatus status = asks ? guard.check() : guard.status();
                    if (!isTrueState(status)) {
                      wrong.add(status.toJson());
                    }
                    answers.incrementAndGet();
                    // Readers that never pause would leave the server no time to answer.
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
                  }
                }));
      }
      threads.forEach(Thread::start);
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      try (Connection connection = database.dataSource().getConnection();
          Statement statement = connection.createStatement()) {
        for (int move = 0; System.nanoTime() < end; move++) {
          statement.execute(move % 2 == 0 ? TAKE_BACK : APPLY);
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
      } finally {
        over.set(true);
      }
      for (Thread thread : threads) {
        thread.join(PATIENCE.toMillis());
        assertThat(thread.isAlive()).isFalse();
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(answers.get()).isGreaterThan(100_000L * seconds / 60);
    Figures.record("endurance", "threads on one guard at once, a migration meanwhile", 64, 0);
  }
}
