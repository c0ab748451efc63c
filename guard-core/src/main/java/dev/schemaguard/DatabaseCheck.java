// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Circumstances;
import dev.schemaguard.assessment.Migration;
import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.history.Borrowing;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.History;
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
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Questions to one database: borrow, read, assess, look for a lock, freeze. Thread-safe. */
final class DatabaseCheck {

  private final DataSource dataSource;
  private final HistoryReader reader;
  private final @Nullable String application;
  private final Migration migration;
  private final HangingChecks hanging = new HangingChecks();

  DatabaseCheck(
      DataSource dataSource,
      HistoryReader reader,
      @Nullable String application,
      Migration migration) {
    this.dataSource = dataSource;
    this.reader = reader;
    this.application = application;
    this.migration = migration;
  }

  /**
   * The answer of the database for {@code assessor}, from the whole history.
   *
   * @param alwaysLock whether a lock is looked for even if the schema is up to date
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  Answer run(Assessor assessor, Duration timeout, boolean alwaysLock) {
    Stopwatch watch = new Stopwatch();
    return ask(
        timeout,
        session -> answer(session, assessor, alwaysLock, watch),
        obstacle -> Answer.none(unreachable(assessor, obstacle, watch), watch.startNanos));
  }

  /**
   * The answer of the database for {@code assessor}: the last one once more, where the history's
   * change token tells that it still holds.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  Answer refresh(Assessor assessor, Duration timeout, @Nullable Answer last) {
    Stopwatch watch = new Stopwatch();
    return ask(
        timeout,
        session ->
            last != null && hasNotMoved(session, last, watch)
                ? confirmed(session, last, watch)
                : answer(session, assessor, false, watch),
        obstacle -> Answer.none(unreachable(assessor, obstacle, watch), watch.startNanos));
  }

  /**
   * The status of a database that the application is about to migrate: BEHIND and UNINITIALIZED
   * only where a migration cures everything.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  MigrationStatus beforeMigration(Assessor assessor, Duration timeout) {
    Stopwatch watch = new Stopwatch();
    return ask(
        timeout,
        session ->
            status(session, assessor.assess(readToMigrate(session)).beforeMigration(), true, watch),
        obstacle -> unreachable(assessor, obstacle, watch));
  }

  /** As {@link HistoryReader#grace} says. */
  Duration grace() {
    return reader.grace();
  }

  /** The status of a database that cannot be asked. */
  MigrationStatus unreachable(Assessor assessor, Obstacle obstacle) {
    return unreachable(assessor, obstacle, new Stopwatch());
  }

  /**
   * Whether the database may be migrated for {@code assessor}'s version.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  Preflight preflight(Assessor assessor, Duration timeout, boolean sharedSchema) {
    Stopwatch watch = new Stopwatch();
    return ask(
        timeout,
        session -> {
          Assessment assessment = assessor.assess(read(session));
          MigrationStatus status = status(session, assessment, true, watch);
          HistoryReading reading = assessment.reading();
          boolean look = status.verdict() == Verdict.UNINITIALIZED && !sharedSchema;
          List<String> others =
              look && reading != null ? reader.otherTables(session, reading.place()) : List.of();
          return Preflight.of(status, assessment, others);
        },
        obstacle -> Preflight.of(unreachable(assessor, obstacle, watch)));
  }

  private Answer answer(ReadSession session, Assessor assessor, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    Assessment assessment = assessor.assess(read(session));
    return Answer.of(assessment, status(session, assessment, alwaysLock, watch), watch.startNanos);
  }

  private boolean hasNotMoved(ReadSession session, Answer last, Stopwatch watch)
      throws SQLException {
    return last.isRecent(watch.startNanos)
        && reader.changeToken(session).equals(Optional.ofNullable(last.changeToken()));
  }

  private Answer confirmed(ReadSession session, Answer last, Stopwatch watch) throws SQLException {
    MigrationLock lock = last.mayHaveLock() ? lock(session) : null;
    return last.confirmed(
        last.status().confirmed(lock, watch.start, watch.elapsed()), watch.startNanos);
  }

  private MigrationStatus status(
      ReadSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    boolean look = alwaysLock || assessment.verdict() != Verdict.UP_TO_DATE;
    MigrationLock seen = assessment.reading() instanceof History history ? history.lock() : null;
    MigrationLock lock = seen != null ? seen : look ? lock(session) : null;
    String database = assessment.isCompatible() ? null : database(session);
    return assessment.status(circumstances(database, lock, watch));
  }

  private @Nullable MigrationLock lock(ReadSession session) throws SQLException {
    try {
      return reader.lock(session).orElse(null);
    } catch (RuntimeException e) {
      // A reader of the application's own; a lock is evidence, and nothing without it is wrong.
      return null;
    }
  }

  private MigrationStatus unreachable(Assessor assessor, Obstacle obstacle, Stopwatch watch) {
    return assessor.unreachable(obstacle).status(circumstances(null, null, watch));
  }

  /** What {@code work} comes to on a connection; or, if nothing in time, what the obstacle does. */
  private <T> T ask(Duration timeout, Borrowing.Work<T> work, Function<Obstacle, T> withoutAnswer) {
    if (hanging.spareNext()) {
      return withoutAnswer.apply(
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              hanging.count() + " earlier checks still hang in the connection pool or the driver"));
    }
    Borrowing<T> borrowing = new Borrowing<>(dataSource, work);
    try {
      return borrowing.within(timeout);
    } catch (Borrowing.NoConnectionException e) {
      return withoutAnswer.apply(noConnection(e));
    } catch (SQLException e) {
      return withoutAnswer.apply(new Obstacle(Obstacle.Kind.NO_CONNECTION, message(e)));
    } catch (TimeoutException e) {
      return withoutAnswer.apply(
          new Obstacle(
              Obstacle.Kind.TIMEOUT,
              "no answer from " + e.getMessage() + " within " + timeout.toMillis() + " ms"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return withoutAnswer.apply(
          new Obstacle(Obstacle.Kind.INTERRUPTED, "the check was interrupted"));
    } finally {
      hanging.note(borrowing);
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

  /** A schema that the migrator makes itself is as good as an empty one. */
  private HistoryReading readToMigrate(ReadSession session) throws SQLException {
    HistoryReading reading = read(session);
    return migration.createsSchema()
            && reading instanceof Unreadable missing
            && missing.cause() == Cause.SCHEMA
        ? new Absent(missing.place())
        : reading;
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
        migration,
        database,
        lock,
        watch.start,
        watch.elapsed());
  }

  /** When a check began: by the wall clock for people, by the other for its duration. */
  private static final class Stopwatch {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - startNanos);
    }
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
