// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryReading.Absent;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of whichever tool keeps one. The tool is found once and kept as long as its
 * history can be read; two histories in one schema are no answer.
 */
final class AutoHistoryReader implements HistoryReader {

  /** A tool's reader, and the table that it reads. */
  private record Candidate(HistoryReader reader, HistoryTable table) {}

  private final Candidate liquibase;
  private final Candidate flyway;
  private volatile @Nullable Candidate settled;
  private volatile @Nullable Candidate lastSeen;

  AutoHistoryReader(HistoryLocation location) {
    HistoryTable changelog = new HistoryTable(location, new LiquibaseTable());
    HistoryTable schemaHistory = new HistoryTable(location, new FlywayTable());
    liquibase = new Candidate(new LiquibaseHistoryReader(location, changelog), changelog);
    flyway = new Candidate(new FlywayHistoryReader(schemaHistory), schemaHistory);
  }

  /** That of the last reading; empty where none tells. */
  @Override
  public String tool() {
    Candidate last = lastSeen;
    return last == null ? "" : last.reader().tool();
  }

  @Override
  public String noun() {
    Candidate last = lastSeen;
    return last == null ? "migration" : last.reader().noun();
  }

  @Override
  public HistoryReading read(ReadSession session) throws SQLException {
    Candidate known = settled;
    if (known != null) {
      HistoryReading reading = known.reader().read(session);
      if (reading instanceof History) {
        return reading;
      }
      settled = null;
    }
    return find(session);
  }

  /** Liquibase's table first: where it is alone, its rows and one look at the catalog tell all. */
  private HistoryReading find(ReadSession session) throws SQLException {
    HistoryReading changelog = liquibase.reader().read(session);
    if (changelog instanceof History) {
      return settle(session, liquibase, changelog, flyway);
    }
    HistoryReading schemaHistory = flyway.reader().read(session);
    if (schemaHistory instanceof History) {
      return settle(session, flyway, schemaHistory, liquibase);
    }
    return neither(session, changelog, schemaHistory);
  }

  private HistoryReading settle(
      ReadSession session, Candidate found, HistoryReading reading, Candidate other)
      throws SQLException {
    HistoryPlace place = reading.place();
    HistoryPlace rival =
        new HistoryPlace(
            other.reader().tool(), place.dbms(), place.schema(), other.table().name(session));
    // A name that was configured may be that of one table, which only one of them can read.
    boolean alone = rival.table().equals(place.table()) || !other.table().isAt(session, rival);
    settled = alone ? found : null;
    lastSeen = settled;
    return alone ? reading : twoHistories(place, rival);
  }

  private static HistoryReading twoHistories(HistoryPlace place, HistoryPlace rival) {
    return new Unreadable(
        both(place, rival, " and "),
        Cause.TOOL,
        "schema "
            + place.schema()
            + " has "
            + place.table()
            + " ("
            + place.tool()
            + ") and "
            + rival.table()
            + " ("
            + rival.tool()
            + ")",
        List.of(
            "Name the tool that migrates this application: the setting tool, or --tool "
                + place.tool()
                + " or --tool "
                + rival.tool()
                + " on the command line.",
            "Drop the table of the tool that is no longer used, once nobody needs its history."));
  }

  /** What tells more: a table that is there and cannot be read, before the proof that none is. */
  private HistoryReading neither(ReadSession session, HistoryReading first, HistoryReading second)
      throws SQLException {
    if (first instanceof Absent && second instanceof Absent) {
      lastSeen = null;
      return new Absent(both(first.place(), second.place(), " or "));
    }
    boolean onlyFlyway =
        first instanceof Absent
            || (second instanceof Unreadable
                && !liquibase.table().isAnywhere(session)
                && flyway.table().isAnywhere(session));
    lastSeen = onlyFlyway ? flyway : liquibase;
    return onlyFlyway ? second : first;
  }

  private static HistoryPlace both(HistoryPlace one, HistoryPlace other, String joint) {
    return new HistoryPlace(
        one.tool() + joint + other.tool(),
        one.dbms(),
        one.schema(),
        one.table().equals(other.table()) ? one.table() : one.table() + joint + other.table());
  }

  @Override
  public Optional<String> changeToken(ReadSession session) throws SQLException {
    Candidate known = settled;
    return known == null ? Optional.empty() : known.reader().changeToken(session);
  }

  /** Before there is a history, a lock can be Liquibase's alone, whose table comes first. */
  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    Candidate last = lastSeen;
    return (last == null ? liquibase : last).reader().lock(session);
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return liquibase.reader().otherTables(session, place);
  }
}
