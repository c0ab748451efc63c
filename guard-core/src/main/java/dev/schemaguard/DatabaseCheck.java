// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Circumstances;
import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.history.Borrowing;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.SqlFailure;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One question to one database: borrow, read, assess, look for a lock, freeze. */
final class DatabaseCheck {

  private final DataSource dataSource;
  private final HistoryReader reader;
  private final @Nullable String application;
  private final boolean migratedByApplication;

  DatabaseCheck(
      DataSource dataSource,
      HistoryReader reader,
      @Nullable String application,
      boolean migratedByApplication) {
    this.dataSource = dataSource;
    this.reader = reader;
    this.application = application;
    this.migratedByApplication = migratedByApplication;
  }

  /** What is made of an assessment while the connection is still there. */
  @FunctionalInterface
  private interface Conclusion<T> {
    T of(ReadSession session, Assessment assessment) throws SQLException;
  }

  /**
   * The status of the database for {@code assessor}.
   *
   * @param alwaysLock whether a lock is looked for even if the schema is up to date
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  MigrationStatus run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Stopwatch watch = new Stopwatch();
    return ask(
        assessor,
        timeout,
        watch,
        (session, assessment) -> status(session, assessment, alwaysLock, watch),
        status -> status);
  }

  /**
   * Whether the database may be migrated for {@code assessor}'s version.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = new Stopwatch();
    return ask(
        assessor,
        timeout,
        watch,
        (session, assessment) -> {
          MigrationStatus status = status(session, assessment, true, watch);
          HistoryReading reading = assessment.reading();
          boolean look = status.verdict() == Verdict.UNINITIALIZED && !sharedSchema;
          List<String> others =
              look && reading != null ? reader.otherTables(session, reading.place()) : List.of();
          return Preflight.of(status, assessment, others);
        },
        Preflight::of);
  }

  private MigrationStatus status(
      ReadSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    boolean look = alwaysLock || assessment.verdict() != Verdict.UP_TO_DATE;
    MigrationLock lock = look ? reader.lock(session).orElse(null) : null;
    String database = assessment.isCompatible() ? null : database(session);
    return assessment.status(circumstances(database, lock, watch));
  }

  private <T> T ask(
      Assessor assessor,
      Duration timeout,
      Stopwatch watch,
      Conclusion<T> conclusion,
      Function<MigrationStatus, T> withoutAnswer) {
    Obstacle obstacle;
    try {
      return new Borrowing<>(
              dataSource, session -> conclusion.of(session, assessor.assess(read(session))))
          .within(timeout);
    } catch (Borrowing.NoConnectionException e) {
      obstacle = noConnection(e);
    } catch (SQLException e) {
      obstacle = new Obstacle(Obstacle.Kind.NO_CONNECTION, message(e));
    } catch (TimeoutException e) {
      obstacle =
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              "no answer from " + e.getMessage() + " within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      obstacle = new Obstacle(Obstacle.Kind.INTERRUPTED, "the check was interrupted");
    }
    return withoutAnswer.apply(
        assessor.unreachable(obstacle).status(circumstances(null, null, watch)));
  }

  private HistoryReading read(ReadSession session) throws SQLException {
    try {
      return reader.read(session);
    } catch (ConfigurationException e) {
      throw e;
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return unreadable(session, e);
    } catch (RuntimeException e) {
      return unreadable(session, e);
    }
  }

  private HistoryReading unreadable(ReadSession session, Exception e) {
    return new Unreadable(
        new HistoryPlace(reader.tool(), session.dbms(), null, "history"),
        Cause.QUERY,
        message(e),
        List.of("Look up the database's message; the guard reads with plain SELECTs."));
  }

  private static Obstacle noConnection(Borrowing.NoConnectionException failure) {
    boolean login = false;
    int depth = 0;
    for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
      login |= at instanceof SQLException e && SqlFailure.of(e).isLoginRefused();
    }
    return new Obstacle(
        login ? Obstacle.Kind.LOGIN : Obstacle.Kind.NO_CONNECTION, message(failure));
  }

  private static String message(Throwable e) {
    return DatabaseUrl.withoutCredentials(SqlFailure.message(e));
  }

  private Circumstances circumstances(
      @Nullable String database, @Nullable MigrationLock lock, Stopwatch watch) {
    return new Circumstances(
        application,
        reader.tool(),
        reader.noun(),
        migratedByApplication,
        database,
        lock,
        watch.start,
        Duration.ofNanos(System.nanoTime() - watch.startNanos));
  }

  /** When a check began: by the wall clock for people, by the other for its duration. */
  private static final class Stopwatch {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();
  }

  /** Who asked which database: {@code app@pg3:5432/orders}. */
  private static String database(ReadSession session) throws SQLException {
    DatabaseMetaData metaData = session.connection().getMetaData();
    String user = metaData.getUserName();
    String url = metaData.getURL();
    return (user == null || user.isEmpty() ? "" : user.replaceAll("@.*", "") + "@")
        + (url == null ? metaData.getDatabaseProductName() : DatabaseUrl.place(url));
  }
}
