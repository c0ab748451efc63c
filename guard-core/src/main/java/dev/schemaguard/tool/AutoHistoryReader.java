// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Absent;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the history of whichever tool keeps one. The tool is detected once and kept as long as its
 * history can be read. Several histories in one schema are an error.
 */
final class AutoHistoryReader implements SearchingReader {

  /** The tables of the known tools, in the order in which they are looked for. */
  private final List<HistoryTable> tables;

  private final HistoryLocation location;
  private final Predicate<History> mayBeOurs;
  private volatile @Nullable HistoryReader settled;
  private volatile @Nullable HistoryReader lastSeen;

  /**
   * Creates a reader of whichever history is at {@code location}.
   *
   * @param mayBeOurs whether a history may be this application's, called only if there are several
   */
  AutoHistoryReader(HistoryLocation location, Predicate<History> mayBeOurs) {
    this.location = location;
    this.mayBeOurs = mayBeOurs;
    List<HistoryTable> all = new ArrayList<>();
    for (MigrationTool tool : Tools.known()) {
      all.add(new HistoryTable(location, tool));
    }
    tables = all;
  }

  /** Returns the tool of the last reading; empty if no tool was detected. */
  @Override
  public String tool() {
    HistoryReader last = lastSeen;
    return last == null ? "" : last.tool();
  }

  @Override
  public String migrationTerm() {
    HistoryReader last = lastSeen;
    return last == null ? "migration" : last.migrationTerm();
  }

  @Override
  public HistoryResult read(ReadSession session) throws SQLException {
    HistoryReader known = settled;
    if (known != null) {
      HistoryResult reading = known.read(session);
      if (reading instanceof History) {
        return reading;
      }
      settled = null;
    }
    return find(DatabaseSession.of(session));
  }

  private HistoryResult find(DatabaseSession session) throws SQLException {
    List<HistoryResult> inVain = new ArrayList<>();
    for (HistoryTable table : tables) {
      HistoryReader reader = table.reader();
      HistoryResult reading = reader.read(session);
      if (reading instanceof History history) {
        return choose(new Found(reader, history), othersBeside(session, table, reading.place()));
      }
      inVain.add(reading);
    }
    return none(session, inVain);
  }

  /** A table that contains a history, or may contain one. */
  private record Found(HistoryReader reader, HistoryResult reading) {}

  /** Returns the only history, or the only one of several that may be this application's. */
  private HistoryResult choose(Found first, List<Found> others) {
    List<Found> all = new ArrayList<>(List.of(first));
    all.addAll(others);
    List<Found> ours = others.isEmpty() ? all : new ArrayList<>();
    if (!others.isEmpty()) {
      for (Found found : all) {
        if (!(found.reading() instanceof History history) || mayBeOurs.test(history)) {
          ours.add(found);
        }
      }
    }
    boolean one = ours.size() == 1 && ours.get(0).reading() instanceof History;
    settled = one ? ours.get(0).reader() : null;
    lastSeen = settled;
    List<HistoryPlace> places = new ArrayList<>();
    for (Found found : ours.isEmpty() ? all : ours) {
      places.add(found.reading().place());
    }
    return one ? ours.get(0).reading() : severalHistories(places);
  }

  /** Returns the other tools' tables beside the one that was found. */
  private List<Found> othersBeside(DatabaseSession session, HistoryTable found, HistoryPlace place)
      throws SQLException {
    List<HistoryTable> others = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (HistoryTable other : tables) {
      String name = other.name(session);
      // A configured name may belong to a single table, which only one of the tools can read.
      if (other != found && !name.equals(place.table())) {
        others.add(other);
        names.add(name);
      }
    }
    List<Found> all = new ArrayList<>();
    if (names.isEmpty() || place.schema() == null) {
      return all;
    }
    Set<String> present = TableCatalog.of(session).present(place.schema(), names);
    for (int i = 0; i < names.size(); i++) {
      if (present.contains(names.get(i))) {
        HistoryResult reading = others.get(i).read(session);
        if (mayHoldHistory(reading)) {
          all.add(new Found(others.get(i).reader(), reading));
        }
      }
    }
    return all;
  }

  /**
   * Returns whether the table may contain the tool's history. A table without the tool's columns
   * belongs to another tool.
   */
  private static boolean mayHoldHistory(HistoryResult reading) {
    return reading instanceof Unreadable unreadable
        ? unreadable.cause() != Cause.COLUMN
        : reading instanceof History;
  }

  private static HistoryResult severalHistories(List<HistoryPlace> places) {
    List<String> tables = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (HistoryPlace place : places) {
      tables.add(place.table() + " (" + place.tool() + ")");
      options.add("--tool " + place.tool());
    }
    return new Unreadable(
        joined(places, " and "),
        Cause.TOOL,
        places.get(0).container() + " has " + String.join(" and ", tables),
        List.of(
            "Name the tool that migrates this application: the setting tool, or "
                + String.join(" or ", options)
                + " on the command line.",
            "Drop the table of the tool that is no longer used, once its history is no longer needed."));
  }

  /**
   * Returns the most informative result: a table that exists and cannot be read takes precedence
   * over the proof that there is none.
   */
  private HistoryResult none(DatabaseSession session, List<HistoryResult> readings)
      throws SQLException {
    int telling = -1;
    List<HistoryPlace> places = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      places.add(readings.get(i).place());
      if (!(readings.get(i) instanceof Absent)
          && (telling < 0 || isRatherThere(session, tables.get(i), tables.get(telling)))) {
        telling = i;
      }
    }
    lastSeen = telling < 0 ? null : tables.get(telling).reader();
    return telling < 0 ? new Absent(joined(places, " or ")) : readings.get(telling);
  }

  private static boolean isRatherThere(
      DatabaseSession session, HistoryTable one, HistoryTable other) throws SQLException {
    return !other.isAnywhere(session) && one.isAnywhere(session);
  }

  private static HistoryPlace joined(List<HistoryPlace> places, String joint) {
    List<String> tools = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (HistoryPlace place : places) {
      tools.add(place.tool());
      if (!names.contains(place.table())) {
        names.add(place.table());
      }
    }
    HistoryPlace first = places.get(0);
    return new HistoryPlace(
        String.join(joint, tools), first.dbms(), first.schema(), String.join(joint, names));
  }

  @Override
  public Surroundings surroundings(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    return new HistorySearch(session, location, place, List.of()).surroundings();
  }

  @Override
  public Optional<Unreadable> hiddenRows(ReadSession session, HistoryPlace place)
      throws SQLException {
    return HiddenRows.look(DatabaseSession.of(session), place);
  }

  @Override
  public Optional<String> changeToken(ReadSession session) throws SQLException {
    HistoryReader known = settled;
    return known == null ? Optional.empty() : known.changeToken(session);
  }

  /**
   * Returns the lock of the tool. Before a history exists, only Liquibase's lock can be held,
   * because Liquibase creates its lock table first. Flyway creates its history table before it
   * begins.
   */
  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    return lastOrFirst().lock(session);
  }

  @Override
  public Duration grace() {
    return lastOrFirst().grace();
  }

  private HistoryReader lastOrFirst() {
    HistoryReader last = lastSeen;
    return last == null ? tables.get(0).reader() : last;
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return tables.get(0).reader().otherTables(session, place);
  }
}
