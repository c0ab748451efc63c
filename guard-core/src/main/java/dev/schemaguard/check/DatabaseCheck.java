// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Checks the single history of one database, on a separate connection for each query. */
public final class DatabaseCheck implements Check {

  private final Database database;
  private final HistoryCheck history;

  /** Checks of one history in one database. */
  public DatabaseCheck(Database database, HistoryCheck history) {
    this.database = database;
    this.history = history;
  }

  /**
   * The task that runs at every start and refresh.
   *
   * @param last the result that may still be valid; null if there is none
   */
  private record CheckTask(
      HistoryCheck history,
      Assessor assessor,
      boolean alwaysLock,
      @Nullable CheckResult last,
      Stopwatch watch)
      implements Database.ConnectionTask<CheckResult> {

    @Override
    public CheckResult on(DatabaseSession session) throws SQLException {
      return last == null
          ? history.check(session, assessor, alwaysLock, watch)
          : history.refreshed(session, assessor, last, watch);
    }

    @Override
    public CheckResult without(ConnectionFailure failure) {
      return CheckResult.none(history.unreachable(assessor, failure, watch), watch.nanos());
    }
  }

  @Override
  public CheckResult run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    return ask(timeout, new CheckTask(history, assessor, alwaysLock, null, Stopwatch.start()));
  }

  @Override
  public CheckResult refresh(Assessor assessor, Duration timeout, @Nullable CheckResult last) {
    return ask(timeout, new CheckTask(history, assessor, false, last, Stopwatch.start()));
  }

  private CheckResult ask(Duration timeout, CheckTask reading) {
    return database.ask(timeout, reading).inDatabase(database.name());
  }

  @Override
  public MigrationStatus beforeMigration(Assessor assessor, Duration timeout) {
    Stopwatch watch = Stopwatch.start();
    return database
        .ask(
            timeout,
            session -> history.beforeMigration(session, assessor, watch),
            failure -> history.unreachable(assessor, failure, watch))
        .inDatabase(database.name());
  }

  @Override
  public Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = Stopwatch.start();
    return database.ask(
        timeout,
        session -> history.preflight(session, assessor, sharedSchema, null, watch),
        failure -> Preflight.of(history.unreachable(assessor, failure, watch)));
  }

  @Override
  public ConnectedVersions connectedVersions(Duration timeout) {
    return database.connectedVersions(timeout);
  }

  @Override
  public MigrationStatus unreachable(Assessor assessor, ConnectionFailure failure) {
    return history.unreachable(assessor, failure, Stopwatch.start());
  }

  @Override
  public void borrowThrough(UnaryOperator<DataSource> view) {
    database.borrowThrough(view);
  }

  @Override
  public void endIdleThreads() {
    database.endIdleThreads();
  }

  @Override
  public Duration grace() {
    return history.grace();
  }
}
