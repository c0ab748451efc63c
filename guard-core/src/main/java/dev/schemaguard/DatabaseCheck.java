// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Circumstances;
import dev.schemaguard.assessment.Obstacle;
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

  /**
   * The status of the database for {@code assessor}.
   *
   * @param alwaysLock whether a lock is looked for even if the schema is up to date
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  MigrationStatus run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Instant start = Instant.now();
    long startNanos = System.nanoTime();
    try {
      return new Borrowing<>(
              dataSource,
              session -> {
                Assessment assessment = assessor.assess(read(session));
                boolean told = assessment.verdict() != Verdict.UP_TO_DATE || alwaysLock;
                MigrationLock lock = told ? reader.lock(session).orElse(null) : null;
                String database = assessment.isCompatible() ? null : database(session);
                return assessment.status(circumstances(database, lock, start, startNanos));
              })
          .within(timeout);
    } catch (Borrowing.NoConnectionException e) {
      return unreachable(assessor, noConnection(e), start, startNanos);
    } catch (SQLException e) {
      Obstacle obstacle = new Obstacle(Obstacle.Kind.NO_CONNECTION, message(e));
      return unreachable(assessor, obstacle, start, startNanos);
    } catch (TimeoutException e) {
      Obstacle obstacle =
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              "no answer from " + e.getMessage() + " within " + timeout.toMillis() + " ms");
      return unreachable(assessor, obstacle, start, startNanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Obstacle obstacle = new Obstacle(Obstacle.Kind.INTERRUPTED, "the check was interrupted");
      return unreachable(assessor, obstacle, start, startNanos);
    }
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

  private MigrationStatus unreachable(
      Assessor assessor, Obstacle obstacle, Instant start, long startNanos) {
    return assessor.unreachable(obstacle).status(circumstances(null, null, start, startNanos));
  }

  private static Obstacle noConnection(Borrowing.NoConnectionException failure) {
    boolean login = false;
    for (Throwable at = failure; at != null; at = at.getCause()) {
      login |= at instanceof SQLException e && SqlFailure.of(e).isLoginRefused();
    }
    return new Obstacle(
        login ? Obstacle.Kind.LOGIN : Obstacle.Kind.NO_CONNECTION, message(failure));
  }

  private static String message(Throwable e) {
    return DatabaseUrl.withoutCredentials(SqlFailure.message(e));
  }

  private Circumstances circumstances(
      @Nullable String database, @Nullable MigrationLock lock, Instant start, long startNanos) {
    return new Circumstances(
        application,
        reader.tool(),
        reader.noun(),
        migratedByApplication,
        database,
        lock,
        start,
        Duration.ofNanos(System.nanoTime() - startNanos));
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
