// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The history table of one tool. If its place is known or likely, the table is queried directly; if
 * that fails, it is looked up in the catalog. Remembers where it was. Thread-safe.
 */
final class HistoryTable {

  /** The statements that read the history and its change token, and the place that they read. */
  private record Selection(
      HistoryPlace place, String qualified, List<String> columns, String sql, String tokenSql) {}

  private final HistoryLocation location;
  private final MigrationTool format;
  private volatile @Nullable Selection known;
  private volatile @Nullable HistoryPlace lastPlace;

  HistoryTable(HistoryLocation location, MigrationTool format) {
    this.location = location;
    this.format = format;
  }

  /** Returns a new reader of this table. */
  HistoryReader reader() {
    return format.reader(location, this);
  }

  /** Reads the history, as {@link HistoryReader#read} specifies. */
  HistoryResult read(DatabaseSession session) throws SQLException {
    HistoryResult reading = readKnown(session);
    lastPlace = reading.place();
    return reading;
  }

  /** Returns where the history was last looked for; null if it was not. */
  @Nullable HistoryPlace lastPlace() {
    return lastPlace;
  }

  /** Reads a table of this format that a search found in any place. */
  HistoryResult readFound(DatabaseSession session, TableCatalog.Table table) throws SQLException {
    HistoryPlace place =
        new HistoryPlace(format.name(), session.dbms(), table.schema(), table.name());
    return selectSpelt(session, table, new TableSearch(session, place, location));
  }

  /** Returns whether the catalog shows a table with the tool's name in any schema. */
  boolean isAnywhere(DatabaseSession session) throws SQLException {
    return !TableCatalog.of(session).tables(name(session)).isEmpty();
  }

  /** Returns the name that the table has if the tool created it. */
  String name(DatabaseSession session) throws SQLException {
    return format.table(session, location.table());
  }

  /** Returns the token, as {@link HistoryReader#changeToken} specifies. */
  Optional<String> changeToken(DatabaseSession session) throws SQLException {
    Selection selection = known;
    if (selection == null) {
      return Optional.empty();
    }
    try {
      List<String> rows = session.query(selection.tokenSql(), List.of(), format::token);
      return Optional.of(String.join("\n", rows));
    } catch (SQLException e) {
      recoverFrom(session, e);
      return Optional.empty();
    }
  }

  private HistoryResult readKnown(DatabaseSession session) throws SQLException {
    Selection selection = known;
    if (selection != null) {
      try {
        return select(session, selection);
      } catch (SQLException e) {
        recoverFrom(session, e);
        known = null;
      }
    }
    return locate(session);
  }

  private HistoryResult locate(DatabaseSession session) throws SQLException {
    String table = name(session);
    String schema = location.schema() == null ? session.currentSchema() : location.schema();
    HistoryPlace place = new HistoryPlace(format.name(), session.dbms(), schema, table);
    if (schema == null) {
      return search(session, place, new SQLException("the connection has no current schema"));
    }
    try {
      List<String> columns = new ArrayList<>();
      for (String column : format.columns()) {
        columns.add(format.spelt(session, column));
      }
      HistoryResult reading = select(session, selection(session, place, columns));
      return isEmpty(reading) && !table.equals(location.table()) && location.table() != null
          ? preferNamed(session, place, reading)
          : reading;
    } catch (SQLException e) {
      recoverFrom(session, e);
      return search(session, place, e);
    }
  }

  /**
   * Reads the table that is spelt exactly as in the setting, if the table that is spelt as the tool
   * would spell it is empty.
   */
  private HistoryResult preferNamed(
      DatabaseSession session, HistoryPlace place, HistoryResult empty) throws SQLException {
    TableSearch search = new TableSearch(session, place, location);
    Optional<TableCatalog.Table> named = search.tableAsNamed();
    return named.isPresent() ? selectFound(session, place.table(), named.get(), search) : empty;
  }

  private static boolean isEmpty(HistoryResult reading) {
    return reading instanceof History history && history.entries().isEmpty();
  }

  private HistoryResult search(DatabaseSession session, HistoryPlace place, SQLException failure)
      throws SQLException {
    TableSearch search = new TableSearch(session, place, location);
    Optional<TableCatalog.Table> table = search.readableTable();
    return table.isPresent()
        ? selectFound(session, place.table(), table.get(), search)
        : search.explainMissing(failure);
  }

  private HistoryResult selectFound(
      DatabaseSession session, String expected, TableCatalog.Table table, TableSearch search)
      throws SQLException {
    HistoryResult reading = selectSpelt(session, table, search);
    if (table.name().equals(expected) || !format.isExact()) {
      return reading;
    }
    // The tool may still create a table with its own spelling, which then takes precedence.
    known = null;
    return reading instanceof History history
        ? history.unseen(
            "the history is in "
                + table.name()
                + "; the tool looks for "
                + expected
                + " and would create it anew")
        : reading;
  }

  /**
   * Reads a table whose name or columns are spelt differently from the tool's own, or whose columns
   * are not all present.
   */
  private HistoryResult selectSpelt(
      DatabaseSession session, TableCatalog.Table table, TableSearch search) throws SQLException {
    HistoryPlace place =
        new HistoryPlace(format.name(), session.dbms(), table.schema(), table.name());
    String qualified = session.qualified(table.schema(), table.name());
    try {
      Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      session.columns(qualified).forEach(column -> spelling.put(column, session.quoted(column)));
      List<String> missing =
          format.required().stream().filter(c -> !spelling.containsKey(c)).toList();
      if (!missing.isEmpty()) {
        return new Unreadable(
            place,
            Cause.COLUMN,
            place.table() + " has no column " + String.join(", ", missing),
            format.adviceOnColumns());
      }
      List<String> columns =
          format.columns().stream().map(c -> spelling.getOrDefault(c, "NULL")).toList();
      return select(session, selection(session, place, columns));
    } catch (SQLException e) {
      recoverFrom(session, e);
      Optional<Unreadable> refusal = format.refusal(session, place, qualified);
      return refusal.isPresent() ? refusal.get() : search.refused(table, e);
    }
  }

  private Selection selection(DatabaseSession session, HistoryPlace place, List<String> columns) {
    String qualified = session.qualified(String.valueOf(place.schema()), place.table());
    return new Selection(
        place,
        qualified,
        columns,
        format.historySql(qualified, columns),
        format.tokenSql(session.dialect(), qualified, columns));
  }

  private HistoryResult select(DatabaseSession session, Selection selection) throws SQLException {
    RowCollector rows = new RowCollector(selection.place(), format);
    session.forEach(selection.sql(), List.of(), rows);
    HistoryResult result = rows.result();
    if (!(result instanceof History history)) {
      return result;
    }
    known = selection;
    if (rows.rows().areUnusual()) {
      Optional<String> unseen =
          format.unseen(session, selection.qualified(), selection.columns(), rows.rows());
      return unseen.isPresent() ? history.unseen(unseen.get()) : history;
    }
    return history;
  }

  private static void recoverFrom(DatabaseSession session, SQLException failure)
      throws SQLException {
    if (session.meaning(failure).isWithoutResult()) {
      throw failure;
    }
    session.recoverFrom(failure);
  }
}
