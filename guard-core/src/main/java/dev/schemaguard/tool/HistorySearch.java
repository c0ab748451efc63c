// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.dialect.TableCatalog.Table;
import dev.schemaguard.dialect.TableCatalog.TableColumns;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches the catalog for histories by the columns of every known tool's table, whatever the table
 * is called and whichever schema it is in. It runs only after the application's own history was
 * found to be missing or empty.
 */
final class HistorySearch {

  /**
   * The maximum number of tables that are read. A check must end in time, however many services
   * share the database.
   */
  private static final int MOST_READ = 100;

  /** The maximum number of tables in other schemas that are mentioned. More would only be noise. */
  private static final int MOST_MENTIONED = 5;

  private final DatabaseSession session;
  private final HistoryLocation location;
  private final HistoryPlace place;
  private final List<MigrationTool> formats;
  private final TableCatalog catalog;
  private final List<HistoryCandidate> found = new ArrayList<>();

  /**
   * Creates a search around {@code place}.
   *
   * @param own the formats in which the application's history was looked for; those of all known
   *     tools are added
   */
  HistorySearch(
      DatabaseSession session,
      HistoryLocation location,
      HistoryPlace place,
      List<MigrationTool> own) {
    this.session = session;
    this.location = location;
    this.place = place;
    this.formats = new ArrayList<>(own);
    for (MigrationTool known : Tools.known()) {
      if (own.stream().noneMatch(format -> format.name().equals(known.name()))) {
        formats.add(known);
      }
    }
    this.catalog = TableCatalog.of(session);
  }

  Surroundings surroundings() throws SQLException {
    String schema = place.schema();
    if (schema == null) {
      return Surroundings.NONE;
    }
    boolean named = location.schema() != null || session.dialect().isChosen(session, schema);
    for (TableColumns table : catalog.tablesWith(rarestColumns(), named ? schema : null)) {
      addIfHistory(table);
    }
    if (named) {
      addSameNameElsewhere(schema);
    }
    return new Surroundings(named, location.table() != null, found);
  }

  private Set<String> rarestColumns() {
    Set<String> columns = new TreeSet<>();
    for (MigrationTool format : formats) {
      columns.add(format.rarestColumn());
    }
    return columns;
  }

  private void addIfHistory(TableColumns found) throws SQLException {
    Table table = found.table();
    if (table.schema().equals(place.schema()) && table.name().equals(place.table())) {
      return;
    }
    for (MigrationTool format : formats) {
      if (format.fits(table.name(), found.columns())) {
        add(table, format);
        return;
      }
    }
  }

  private void add(Table table, MigrationTool format) throws SQLException {
    HistoryResult reading;
    if (!table.readable()) {
      reading = notRead(table, format, "this role may not read it");
    } else if (found.size() < MOST_READ) {
      HistoryLocation there = new HistoryLocation(table.schema(), table.name(), null);
      reading = new HistoryTable(there, format).readFound(session, table);
    } else {
      reading =
          notRead(
              table,
              format,
              "only the first " + MOST_READ + " tables with the columns of a history are read");
    }
    found.add(candidate(table, format, Optional.of(reading)));
  }

  private Unreadable notRead(Table table, MigrationTool format, String why) throws SQLException {
    HistoryPlace there =
        new HistoryPlace(format.name(), session.dbms(), table.schema(), table.name());
    return new Unreadable(there, Cause.ELSEWHERE, why, List.of());
  }

  /**
   * Adds tables with the same name in other schemas. The current schema is the right one, so a
   * history in another schema is only mentioned.
   */
  private void addSameNameElsewhere(String schema) throws SQLException {
    int mentioned = 0;
    for (MigrationTool format : formats) {
      String name = format.table(session, location.table());
      for (Table table : catalog.tables(name)) {
        boolean elsewhere = !table.schema().equals(schema);
        if (elsewhere && mentioned < MOST_MENTIONED && format.isNamedByTable()) {
          found.add(candidate(table, format, Optional.empty()));
          mentioned++;
        }
      }
    }
  }

  private HistoryCandidate candidate(
      Table table, MigrationTool format, Optional<HistoryResult> reading) throws SQLException {
    HistoryPlace there =
        new HistoryPlace(format.name(), session.dbms(), table.schema(), table.name());
    return new HistoryCandidate(there, format.table(session, null), reading.orElse(null));
  }
}
