// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Circumstances;
import dev.schemaguard.assessment.Migration;
import dev.schemaguard.assessment.Obstacle;
import dev.schemaguard.fleet.Fleet;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one history over a connection that is there: read, assess, look for a lock, freeze.
 * Thread-safe.
 */
final class HistoryCheck {

  private final HistoryReader reader;
  private final @Nullable String application;
  private final Migration migration;

  HistoryCheck(HistoryReader reader, @Nullable String application, Migration migration) {
    this.reader = reader;
    this.application = application;
    this.migration = migration;
  }

  /** As {@link Check#run} says. */
  Answer answer(ReadSession session, Assessor assessor, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    return answer(session, assessor.assess(read(session)), alwaysLock, watch);
  }

  /** The answer that a reading comes to which was made already. */
  Answer answer(ReadSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    return Answer.of(assessment, status(session, assessment, alwaysLock, watch), watch.nanos());
  }

  /** As {@link Check#refresh} says. */
  Answer refreshed(ReadSession session, Assessor assessor, Answer last, Stopwatch watch)
      throws SQLException {
    return hasNotMoved(session, last, watch)
        ? confirmed(session, last, watch)
        : answer(session, assessor, false, watch);
  }

  /** As {@link Check#beforeMigration} says. */
  MigrationStatus beforeMigration(ReadSession session, Assessor assessor, Stopwatch watch)
      throws SQLException {
    return status(session, assessor.assess(readToMigrate(session)).beforeMigration(), true, watch);
  }

  /** As {@link Check#preflight} says. */
  Preflight preflight(ReadSession session, Assessor assessor, boolean sharedSchema, Stopwatch watch)
      throws SQLException {
    return preflight(session, assessor.assess(read(session)), sharedSchema, watch);
  }

  /** The same, with what is running. */
  Preflight preflightOfFleet(
      ReadSession session, Assessor assessor, boolean sharedSchema, Stopwatch watch)
      throws SQLException {
    Assessment assessment = assessor.assess(read(session));
    Preflight preflight = preflight(session, assessment, sharedSchema, watch);
    return preflight.beside(Fleet.read(session), application, assessment);
  }

  private Preflight preflight(
      ReadSession session, Assessment assessment, boolean sharedSchema, Stopwatch watch)
      throws SQLException {
    MigrationStatus status = status(session, assessment, true, watch);
    List<String> others = sharedSchema ? List.of() : otherTables(session, assessment);
    return Preflight.of(status, assessment, others);
  }

  /** The status that a history comes to which is there already; no lock is looked for. */
  MigrationStatus of(History history, Assessor assessor, Stopwatch watch) {
    return assessor.assess(history).status(circumstances(null, null, List.of(), watch));
  }

  /** The same questions to what another reader reads. */
  HistoryCheck with(HistoryReader other) {
    return new HistoryCheck(other, application, migration);
  }

  /** The status where there is no connection. */
  MigrationStatus unreachable(Assessor assessor, Obstacle obstacle, Stopwatch watch) {
    return assessor.unreachable(obstacle).status(circumstances(null, null, List.of(), watch));
  }

  /** As {@link HistoryReader#grace} says. */
  Duration grace() {
    return reader.grace();
  }

  private boolean hasNotMoved(ReadSession session, Answer last, Stopwatch watch)
      throws SQLException {
    return last.isRecent(watch.nanos())
        && reader.changeToken(session).equals(Optional.ofNullable(last.changeToken()));
  }

  private Answer confirmed(ReadSession session, Answer last, Stopwatch watch) throws SQLException {
    MigrationLock lock = last.mayHaveLock() ? lock(session) : null;
    return last.confirmed(
        last.status().confirmed(lock, watch.begin(), watch.elapsed()), watch.nanos());
  }

  private MigrationStatus status(
      ReadSession session, Assessment assessment, boolean alwaysLock, Stopwatch watch)
      throws SQLException {
    boolean look = alwaysLock || assessment.verdict() != Verdict.UP_TO_DATE;
    MigrationLock seen = assessment.reading() instanceof History history ? history.lock() : null;
    MigrationLock lock = seen != null ? seen : look ? lock(session) : null;
    String database = assessment.isCompatible() ? null : database(session);
    return assessment.status(
        circumstances(database, lock, otherTables(session, assessment), watch));
  }

  /** The tables that make a schema without a history no empty one; looked for only there. */
  private List<String> otherTables(ReadSession session, Assessment assessment) throws SQLException {
    HistoryReading reading = assessment.reading();
    if (assessment.verdict() != Verdict.UNINITIALIZED
        || assessment.sharesSchema()
        || reading == null) {
      return List.of();
    }
    try {
      return reader.otherTables(session, reading.place());
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return List.of();
    }
  }

  private @Nullable MigrationLock lock(ReadSession session) throws SQLException {
    try {
      return reader.lock(session).orElse(null);
    } catch (RuntimeException e) {
      // A reader of the application's own; a lock is evidence, and nothing without it is wrong.
      return null;
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
        Database.message(e),
        List.of("Look up the database's message; the guard reads with plain SELECTs."));
  }

  private Circumstances circumstances(
      @Nullable String database,
      @Nullable MigrationLock lock,
      List<String> otherTables,
      Stopwatch watch) {
    return new Circumstances(
        application,
        reader.tool(),
        reader.noun(),
        migration,
        database,
        lock,
        otherTables,
        watch.begin(),
        watch.elapsed());
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
