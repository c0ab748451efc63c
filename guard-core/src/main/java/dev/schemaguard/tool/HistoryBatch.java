// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.BiConsumer;

/**
 * A set of tables of one tool, in schemas of one database, that are read in one statement.
 * Thread-safe.
 */
public final class HistoryBatch {

  /**
   * The maximum number of tables. Each one needs one or two of the server's limited number of
   * locks.
   */
  private static final int MOST_TABLES = 100;

  /** The maximum number of rows, which can be sorted in little memory. */
  private static final int MOST_ROWS = 2_500;

  /**
   * The number of rows at which a statement stops, if the database did not know how many there are.
   */
  private static final int TOO_MANY = 8 * MOST_ROWS;

  private final MigrationTool tool;
  private final HistoryReader reader;
  private final List<Table> tables = new ArrayList<>();
  private int rows;

  HistoryBatch(HistoryLocation location, MigrationTool tool) {
    this.tool = tool;
    this.reader = Tools.reader(tool, location);
  }

  /**
   * A table of the batch.
   *
   * @param rows how many rows it has, as far as the database knows
   */
  record Table(MigrationTool tool, String schema, String name, int rows) {}

  boolean hasRoomFor(Table table) {
    return tables.size() < MOST_TABLES && rows + table.rows() <= MOST_ROWS;
  }

  void add(Table table) {
    tables.add(table);
    rows += table.rows();
  }

  /**
   * Reads the tables.
   *
   * @param taker receives each history that has nothing unusual, and a reader of the tool that it
   *     belongs to
   * @throws SQLException if the connection broke
   */
  public void read(DatabaseSession session, BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    read(session, tables, taker);
  }

  /**
   * Reads some of the tables. A table that lacks a column, has too many rows or no longer exists
   * makes the statement fail for all tables, which are then read in two halves.
   */
  private void read(
      DatabaseSession session, List<Table> some, BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    Optional<List<History>> histories = Optional.empty();
    try {
      histories = histories(session, some);
    } catch (SQLException e) {
      session.recoverFrom(e);
    }
    int half = some.size() / 2;
    if (histories.isPresent()) {
      histories.get().forEach(history -> taker.accept(reader, history));
    } else if (half > 0) {
      read(session, some.subList(0, half), taker);
      read(session, some.subList(half, some.size()), taker);
    }
  }

  /** Returns the histories, or empty if there are too many rows. */
  private Optional<List<History>> histories(DatabaseSession session, List<Table> some)
      throws SQLException {
    List<RowCollector> readings = new ArrayList<>();
    for (Table table : some) {
      readings.add(
          new RowCollector(
              new HistoryPlace(tool.name(), session.dbms(), table.schema(), table.name()), tool));
    }
    List<String> selected = selected(session);
    int numberOfTable = selected.size() + 1;
    int[] count = {0};
    session.forEach(
        sql(session, some, selected),
        List.of(),
        TOO_MANY,
        row -> {
          count[0]++;
          readings.get(row.getInt(numberOfTable)).accept(row);
        });
    if (count[0] == TOO_MANY) {
      return Optional.empty();
    }
    List<History> histories = new ArrayList<>();
    for (RowCollector reading : readings) {
      if (reading.result() instanceof History history && !reading.rows().areUnusual()) {
        histories.add(history);
      }
    }
    return Optional.of(histories);
  }

  private List<String> selected(DatabaseSession session) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (String column : tool.columns()) {
      columns.add(tool.spelt(session, column));
    }
    return tool.selected(columns);
  }

  private String sql(DatabaseSession session, List<Table> some, List<String> selected) {
    StringJoiner order = new StringJoiner(", ", " ORDER BY ", "");
    order.add(String.valueOf(selected.size() + 1));
    for (int column : tool.order()) {
      order.add(String.valueOf(column + 1));
    }
    String select = "SELECT " + String.join(", ", selected) + ", ";
    StringJoiner sql = new StringJoiner(" UNION ALL ", "", order.toString());
    for (int i = 0; i < some.size(); i++) {
      Table table = some.get(i);
      sql.add(
          (select + i + " FROM ")
              + session.qualified(table.schema(), table.name())
              + tool.whereClause());
    }
    return sql.toString();
  }
}
