// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.schemaguard.SchemaGuard;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.Administrator.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A DataSource lent to a guard while something is broken, and looked over afterwards: nothing kept,
 * nothing left running, every setting as before.
 */
public final class ConnectionSource implements AutoCloseable {

  /** Where its connections come from. */
  public enum Way {
    POOL("through a pool"),
    NO_POOL("without a pool");

    private final String words;

    Way(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Silent, for broken connections are its daily bread here; held, lest it lose its level. */
  private static final Logger POOL_LOG = Logger.getLogger("com.zaxxer.hikari");

  static {
    POOL_LOG.setLevel(Level.OFF);
  }

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration SLACK = Duration.ofSeconds(2);
  private static final Duration POOL_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final String name = "lender" + COUNT.incrementAndGet();
  private final TestDatabase lent;
  private final TestDatabase observed;
  private final Administrator administrator;
  private final Duration timeout;
  private final HikariDataSource pool;
  private final RecordingDataSource recorded;
  private final SchemaGuard guard;
  private final ConnectionState before;

  private ConnectionSource(
      Way way, TestDatabase lent, TestDatabase observed, Duration timeout, long poolMillis)
      throws SQLException {
    this.lent = lent;
    this.observed = observed;
    this.administrator = Administrator.of(lent);
    this.timeout = timeout;
    this.pool = way == Way.POOL ? pool(lent, poolMillis) : null;
    DataSource source =
        pool == null ? administrator.lentWithoutPool(lent, name).dataSource() : pool;
    this.recorded = new RecordingDataSource(source);
    this.guard = Statewave.guard(recorded.dataSource(), "0.6.1").timeout(timeout).build();
    this.before = pool == null ? null : stateInPool();
  }

  /**
   * A lender of connections to a database whose guard has little time.
   *
   * @param lent how the guard gets there
   * @param observed how an administrator gets there, whatever is broken on the guard's way
   */
  public static ConnectionSource of(Way way, TestDatabase lent, TestDatabase observed)
      throws SQLException {
    return new ConnectionSource(way, lent, observed, TIMEOUT, POOL_TIMEOUT.toMillis());
  }

  /** The same with a pool that gives up well before the guard, and so can say why. */
  public static ConnectionSource givingUpFirst(Way way, TestDatabase lent, TestDatabase observed)
      throws SQLException {
    return new ConnectionSource(
        way, lent, observed, TIMEOUT.multipliedBy(4), TIMEOUT.toMillis() * 2);
  }

  /** The same with the time that a guard has by default. */
  public static ConnectionSource patient(Way way, TestDatabase lent, TestDatabase observed)
      throws SQLException {
    return new ConnectionSource(way, lent, observed, DEFAULT_TIMEOUT, POOL_TIMEOUT.toMillis());
  }

  /** The history of the sample application, where the lent connections look for it. */
  public static void migrate(TestDatabase database) throws SQLException {
    Administrator.of(database).migrate(database);
  }

  /** The guard's answer, which is there in time whatever is broken. */
  public MigrationStatus check() {
    long start = System.nanoTime();
    MigrationStatus status = guard.check();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).as(status.summary()).isLessThan(timeout.plus(SLACK));
    return status;
  }

  /** The pool that is lent. */
  public HikariDataSource pool() {
    return pool;
  }

  /** The ids of the lent connections' sessions on the server. */
  public List<String> sessions(Sessions which) throws SQLException {
    return administrator.sessions(observed, name, lent.user(), which);
  }

  /** Ends such sessions, of which there is one sooner or later, on the server. */
  public void terminate(Sessions which) {
    List<String> ended = new ArrayList<>();
    Patience.until(
        "a connection is terminated",
        PATIENCE,
        () -> {
          for (String session : sessions(which)) {
            administrator.end(observed, session);
            ended.add(session);
          }
          return !ended.isEmpty();
        });
    Patience.until(
        "it is gone", PATIENCE, () -> Collections.disjoint(sessions(Sessions.ALL), ended));
  }

  /** Fails unless the guard's work ends, although what was broken still is. */
  public void assertNothingRuns() throws InterruptedException {
    Patience.untilNoGuardThread(PATIENCE);
  }

  /** Fails unless all is well once what was broken is mended. */
  public void assertUnharmed() throws Exception {
    Patience.untilNoGuardThread(PATIENCE);
    awaitUpToDate();
    Patience.until("no connection is held", PATIENCE, this::holdsNothing);
    Patience.untilNoGuardThread(PATIENCE);
    // A savepoint is not a setting.
    assertThat(recorded.takeCalls())
        .as("settings touched")
        .noneMatch(c -> c.startsWith("set") && !c.equals("setSavepoint"));
    if (pool != null) {
      assertThat(stateInPool()).isEqualTo(before);
    }
  }

  private void awaitUpToDate() {
    List<MigrationStatus> told = new ArrayList<>();
    try {
      Patience.until("the guard can tell again", PATIENCE, () -> isUpToDate(told));
    } catch (AssertionError e) {
      MigrationStatus last = told.get(told.size() - 1);
      throw new AssertionError(
          "%s; the last of %d answers, after %s: %s"
              .formatted(e.getMessage(), told.size(), last.duration(), last.error()),
          e);
    }
  }

  private boolean isUpToDate(List<MigrationStatus> told) {
    MigrationStatus status = check();
    told.add(status);
    assertThat(status.verdict()).isIn(Verdict.UP_TO_DATE, Verdict.UNREACHABLE);
    return status.verdict() == Verdict.UP_TO_DATE;
  }

  private boolean holdsNothing() throws SQLException {
    int pooled = pool == null ? 0 : pool.getMaximumPoolSize();
    boolean inUse =
        pool != null
            && pool.getHikariPoolMXBean().getActiveConnections()
                    + pool.getHikariPoolMXBean().getThreadsAwaitingConnection()
                > 0;
    return !inUse && sessions(Sessions.ALL).size() <= pooled;
  }

  private ConnectionState stateInPool() throws SQLException {
    try (Connection connection = pool.getConnection()) {
      ConnectionState state = ConnectionState.of(connection);
      // HikariCP has not committed the schema that it set; a rollback would take it back.
      connection.commit();
      return state;
    }
  }

  private HikariDataSource pool(TestDatabase lent, long millis) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(administrator.lent(lent, name).url());
    config.setUsername(lent.user());
    config.setPassword(lent.password());
    config.setMaximumPoolSize(1);
    config.setPoolName(name);
    config.setConnectionTimeout(millis);
    config.setValidationTimeout(250);
    // Nothing as it is by default, to see that it stays.
    config.setAutoCommit(false);
    config.setReadOnly(true);
    administrator.prepare(config);
    config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
    return new HikariDataSource(config);
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.close();
    }
  }
}
