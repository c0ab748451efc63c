// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryReading.Cause;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads Liquibase's {@code DATABASECHANGELOG}. Its columns, their meaning and their order are those
 * of {@code StandardChangeLogHistoryService} and {@code MarkChangeSetRanGenerator} in
 * liquibase-core 4.33; the table is the same for 5.0.
 */
public final class LiquibaseHistoryReader implements HistoryReader {

  private static final String TABLE = "DATABASECHANGELOG";

  /** The columns that define identity, order and success. */
  private static final List<String> REQUIRED =
      List.of("ID", "AUTHOR", "FILENAME", "DATEEXECUTED", "ORDEREXECUTED", "EXECTYPE");

  /** What is selected: the required columns first, in their order. */
  private static final List<String> COLUMNS =
      List.of(
          "ID",
          "AUTHOR",
          "FILENAME",
          "DATEEXECUTED",
          "ORDEREXECUTED",
          "EXECTYPE",
          "COMMENTS",
          "TAG");

  /** The statements that read the history and its change token, and where from. */
  private record Selection(HistoryPlace place, String sql, String tokenSql) {}

  private final HistoryLocation location;
  private volatile @Nullable Selection known;
  private volatile @Nullable HistoryPlace lastPlace;

  /** A reader of the history at {@code location}. */
  public LiquibaseHistoryReader(HistoryLocation location) {
    this.location = location;
  }

  @Override
  public String tool() {
    return "liquibase";
  }

  @Override
  public String noun() {
    return "changeset";
  }

  @Override
  public HistoryReading read(ReadSession session) throws SQLException {
    HistoryReading reading = readKnown(session);
    lastPlace = reading.place();
    return reading;
  }

  private HistoryReading readKnown(ReadSession session) throws SQLException {
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

  private HistoryReading locate(ReadSession session) throws SQLException {
    String table = session.folded(location.table() == null ? TABLE : location.table());
    String schema = location.schema() == null ? session.currentSchema() : location.schema();
    HistoryPlace place = new HistoryPlace(tool(), session.dbms(), schema, table);
    if (schema == null) {
      return search(session, place, new SQLException("the connection has no current schema"));
    }
    try {
      return select(session, selection(place, qualified(session, schema, table), COLUMNS));
    } catch (SQLException e) {
      recoverFrom(session, e);
      return search(session, place, e);
    }
  }

  private HistoryReading search(ReadSession session, HistoryPlace place, SQLException failure)
      throws SQLException {
    TableSearch search = new TableSearch(session, place, location.schema());
    Optional<TableCatalog.Table> table = search.readableTable();
    return table.isPresent()
        ? selectFound(session, place.table(), table.get(), search)
        : search.explainMissing(failure);
  }

  private HistoryReading selectFound(
      ReadSession session, String expected, TableCatalog.Table table, TableSearch search)
      throws SQLException {
    HistoryReading reading = selectSpelt(session, table, search);
    if (!table.name().equals(expected)) {
      // Liquibase does not find it under this name either, and may yet make one of its own.
      known = null;
    }
    return reading;
  }

  /** Reads a table whose name or columns are not spelt, or not all there, as Liquibase has them. */
  private HistoryReading selectSpelt(
      ReadSession session, TableCatalog.Table table, TableSearch search) throws SQLException {
    HistoryPlace place = new HistoryPlace(tool(), session.dbms(), table.schema(), table.name());
    String qualified = qualified(session, table.schema(), table.name());
    try {
      Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      session.columns(qualified).forEach(column -> spelling.put(column, session.quoted(column)));
      List<String> missing = REQUIRED.stream().filter(c -> !spelling.containsKey(c)).toList();
      if (!missing.isEmpty()) {
        return lacksColumns(place, missing);
      }
      List<String> columns = COLUMNS.stream().map(c -> spelling.getOrDefault(c, "NULL")).toList();
      return select(session, selection(place, qualified, columns));
    } catch (SQLException e) {
      recoverFrom(session, e);
      return search.refused(table, e);
    }
  }

  private static String qualified(ReadSession session, String schema, String table) {
    return session.quoted(schema) + "." + session.quoted(table);
  }

  private static HistoryReading lacksColumns(HistoryPlace place, List<String> missing) {
    return new Unreadable(
        place,
        Cause.COLUMN,
        place.table() + " has no column " + String.join(", ", missing),
        List.of(
            "Name Liquibase's own table if this is another one of that name.",
            "Let Liquibase 2 or later run once, which adds the columns to a table of version 1."));
  }

  /** The statements for a table whose columns are spelt so, in the order of {@link #COLUMNS}. */
  private static Selection selection(HistoryPlace place, String qualified, List<String> columns) {
    String date = columns.get(COLUMNS.indexOf("DATEEXECUTED"));
    String order = columns.get(COLUMNS.indexOf("ORDEREXECUTED"));
    return new Selection(
        place,
        "SELECT "
            + String.join(", ", columns)
            + (" FROM " + qualified + " ORDER BY " + date + ", " + order),
        "SELECT COUNT(*), COUNT(CASE WHEN "
            + columns.get(COLUMNS.indexOf("EXECTYPE"))
            + (" IN ('EXECUTED', 'RERAN', 'MARK_RAN') THEN 1 END), MAX(" + date)
            + (") FROM " + qualified));
  }

  private HistoryReading select(ReadSession session, Selection selection) throws SQLException {
    List<HistoryEntry> entries = new ArrayList<>();
    List<String> defects = new ArrayList<>();
    LiquibaseChangeToken token = new LiquibaseChangeToken();
    session.forEach(
        selection.sql(),
        List.of(),
        row -> {
          List<String> values = values(row);
          if (values.subList(0, REQUIRED.size()).contains(null)) {
            defects.add(
                "row "
                    + (entries.size() + defects.size() + 1)
                    + " has no "
                    + REQUIRED.get(values.indexOf(null)));
          } else {
            HistoryEntry entry = entry(values);
            entries.add(entry);
            token.add(entry);
          }
        });
    if (!defects.isEmpty()) {
      return new Unreadable(
          selection.place(),
          Cause.SHAPE,
          selection.place().table()
              + ": "
              + String.join("; ", defects.subList(0, Math.min(3, defects.size()))),
          List.of("Find out who wrote the row, for Liquibase does not; complete or delete it."));
    }
    known = selection;
    if (entries.isEmpty() && TableCatalog.of(session).hidesRows(selection.place())) {
      return hiddenRows(selection.place());
    }
    return new History(selection.place(), entries, token.text());
  }

  private static HistoryReading hiddenRows(HistoryPlace place) {
    return new Unreadable(
        place,
        Cause.PERMISSION,
        "row security hides the rows of " + place.table() + " from the role, if there are any",
        List.of(
            "Give the role a policy that lets it read every row of "
                + place.table()
                + ", or disable row security on it."));
  }

  /** The row in the order of {@link #COLUMNS}. */
  private static List<@Nullable String> values(ResultSet row) throws SQLException {
    List<@Nullable String> values = new ArrayList<>(COLUMNS.size());
    for (int i = 1; i <= COLUMNS.size(); i++) {
      values.add(row.getString(i));
    }
    return values;
  }

  /** The entry of a row in which nothing required is null; Liquibase writes no other. */
  private static HistoryEntry entry(List<@Nullable String> values) {
    String id = required(values, 0);
    ChangesetKey key = new ChangesetKey(required(values, 2), id, required(values, 1));
    String type = required(values, 5);
    return new HistoryEntry(
        key.toString(),
        id,
        key.path(),
        outcome(type),
        "RERAN".equals(type),
        values.get(3),
        values.get(6),
        values.get(7));
  }

  private static String required(List<@Nullable String> values, int column) {
    return Objects.requireNonNull(values.get(column));
  }

  /**
   * Liquibase's {@code ChangeSet.ExecType}: what is not one of the first three is not in effect.
   */
  private static Outcome outcome(String type) {
    return switch (type) {
      case "EXECUTED", "RERAN", "MARK_RAN" -> Outcome.APPLIED;
      case "FAILED" -> Outcome.FAILED;
      default -> Outcome.SKIPPED;
    };
  }

  @Override
  public Optional<String> changeToken(ReadSession session) throws SQLException {
    Selection selection = known;
    if (selection == null) {
      return Optional.empty();
    }
    try {
      return session
          .query(
              selection.tokenSql(),
              List.of(),
              row -> LiquibaseChangeToken.text(row.getLong(1), row.getLong(2), row.getString(3)))
          .stream()
          .findFirst();
    } catch (SQLException e) {
      recoverFrom(session, e);
      return Optional.empty();
    }
  }

  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    return LiquibaseLock.read(session, location, lastPlace);
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    if (place.schema() == null) {
      return List.of();
    }
    return TableCatalog.of(session).tablesIn(place.schema()).stream()
        .filter(name -> !name.equalsIgnoreCase(place.table()))
        .filter(name -> !name.equalsIgnoreCase(LiquibaseLock.table(location)))
        .toList();
  }

  private static void recoverFrom(ReadSession session, SQLException failure) throws SQLException {
    if (session.isBroken(failure)) {
      throw failure;
    }
    session.recover();
  }
}
