// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.fleet.Fleet;
import dev.schemaguard.status.MigrationStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Questions to the one history of one database, each on a connection of its own. */
final class DatabaseCheck implements Check {

  private final Database database;
  private final HistoryCheck history;

  DatabaseCheck(Database database, HistoryCheck history) {
    this.database = database;
    this.history = history;
  }

  @Override
  public Answer run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Stopwatch watch = Stopwatch.start();
    return database.ask(
        timeout,
        session -> history.answer(session, assessor, alwaysLock, watch),
        obstacle -> unanswered(assessor, obstacle, watch));
  }

  @Override
  public Answer refresh(Assessor assessor, Duration timeout, @Nullable Answer last) {
    Stopwatch watch = Stopwatch.start();
    return database.ask(
        timeout,
        session -> history.refreshed(session, assessor, last, watch),
        obstacle -> unanswered(assessor, obstacle, watch));
  }

  private Answer unanswered(Assessor assessor, Obstacle obstacle, Stopwatch watch) {
    return Answer.none(history.unreachable(assessor, obstacle, watch), watch.nanos());
  }

  @Override
  public MigrationStatus beforeMigration(Assessor assessor, Duration timeout) {
    Stopwatch watch = Stopwatch.start();
    return database.ask(
        timeout,
        session -> history.beforeMigration(session, assessor, watch),
        obstacle -> history.unreachable(assessor, obstacle, watch));
  }

  @Override
  public Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = Stopwatch.start();
    return database.ask(
        timeout,
        session -> history.preflightOfFleet(session, assessor, sharedSchema, watch),
        obstacle -> Preflight.of(history.unreachable(assessor, obstacle, watch)));
  }

  @Override
  public Fleet fleet(Duration timeout) {
    return database.fleet(timeout);
  }

  @Override
  public MigrationStatus unreachable(Assessor assessor, Obstacle obstacle) {
    return history.unreachable(assessor, obstacle, Stopwatch.start());
  }

  @Override
  public Duration grace() {
    return history.grace();
  }
}
