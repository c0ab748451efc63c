// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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

  /** The maximum number of rows of a statement, which can be sorted in little memory. */
  private static final int MOST_ROWS = 2_500;

  /**
   * The number of rows at which a statement stops, if the database did not know how many there are.
   */
  private static final int TOO_MANY = 8 * MOST_ROWS;

  private final MigrationTool tool;
  private final HistoryReader reader;
  private final int most;
  private final @Nullable KnownHistories known;
  private final List<Table> tables = new ArrayList<>();
  private int rows;

  /**
   * Creates an empty batch.
   *
   * @param most the maximum number of tables, if their digests are asked for first
   * @param known the histories that all batches of the tool have read; null to read every table
   */
  HistoryBatch(
      HistoryLocation location, MigrationTool tool, int most, @Nullable KnownHistories known) {
    this.tool = tool;
    this.reader = Tools.reader(tool, location);
    this.most = Math.min(most, MOST_TABLES);
    this.known = known;
  }

  /**
   * A table of the batch.
   *
   * @param rows how many rows it has, as far as the database knows
   */
  record Table(MigrationTool tool, String schema, String name, int rows) {}

  boolean hasRoomFor(Table table) {
    return known == null
        ? tables.size() < MOST_TABLES && rows + table.rows() <= MOST_ROWS
        : tables.size() < most;
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
    if (known != null && known.paysOff()) {
      HistoryStatement statement = new HistoryStatement(session, tool);
      readUnknown(session, statement, tables, known, taker);
    } else {
      readParts(session, tables, null, taker);
    }
  }

  /**
   * Asks for the digests of some tables and reads one table of each digest that is not known yet. A
   * table without rows is left out. A table that makes the statement fail does so for all tables,
   * which are then read in two halves.
   */
  private void readUnknown(
      DatabaseSession session,
      HistoryStatement statement,
      List<Table> some,
      KnownHistories histories,
      BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    Map<String, List<Table>> unknown = new LinkedHashMap<>();
    try {
      session.forEach(
          statement.digests(some),
          List.of(),
          row -> {
            String digest = row.getString(2);
            if (digest != null) {
              unknown
                  .computeIfAbsent(digest, none -> new ArrayList<>())
                  .add(some.get(row.getInt(1)));
            }
          });
    } catch (SQLException e) {
      session.recoverFrom(e);
      int half = some.size() / 2;
      if (half > 0) {
        readUnknown(session, statement, some.subList(0, half), histories, taker);
        readUnknown(session, statement, some.subList(half, some.size()), histories, taker);
      }
      return;
    }
    takeKnown(session, unknown, histories, taker);
    histories.count(some.size(), unknown.size());
    List<Table> first = new ArrayList<>();
    for (List<Table> alike : unknown.values()) {
      first.add(alike.remove(0));
    }
    readParts(session, first, histories, taker);
    takeKnown(session, unknown, histories, taker);
    // Their first table has changed since, or is unusual, and so are they.
    for (List<Table> alike : unknown.values()) {
      readParts(session, alike, null, taker);
    }
  }

  /** Removes the tables whose histories are known, which {@code taker} receives. */
  private void takeKnown(
      DatabaseSession session,
      Map<String, List<Table>> byDigest,
      KnownHistories histories,
      BiConsumer<HistoryReader, History> taker) {
    Iterator<Map.Entry<String, List<Table>>> rest = byDigest.entrySet().iterator();
    while (rest.hasNext()) {
      Map.Entry<String, List<Table>> alike = rest.next();
      boolean isKnown = false;
      for (Table table : alike.getValue()) {
        Optional<History> history = histories.history(alike.getKey(), place(session, table));
        history.ifPresent(each -> taker.accept(reader, each));
        isKnown = history.isPresent();
      }
      if (isKnown) {
        rest.remove();
      }
    }
  }

  /** Reads tables, in statements with a limited number of rows. */
  private void readParts(
      DatabaseSession session,
      List<Table> some,
      @Nullable KnownHistories histories,
      BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    int begin = 0;
    int expected = 0;
    for (int i = 0; i < some.size(); i++) {
      expected += some.get(i).rows();
      if (expected > MOST_ROWS && i > begin) {
        read(session, some.subList(begin, i), histories, taker);
        begin = i;
        expected = some.get(i).rows();
      }
    }
    if (begin < some.size()) {
      read(session, some.subList(begin, some.size()), histories, taker);
    }
  }

  /**
   * Reads some of the tables. A table that lacks a column, has too many rows or no longer exists
   * makes the statement fail for all tables, which are then read in two halves.
   *
   * @param histories receives what was read, by its digest; null to compute no digests
   */
  private void read(
      DatabaseSession session,
      List<Table> some,
      @Nullable KnownHistories histories,
      BiConsumer<HistoryReader, History> taker)
      throws SQLException {
    Optional<List<History>> read = Optional.empty();
    try {
      read = histories(session, some, histories);
    } catch (SQLException e) {
      session.recoverFrom(e);
    }
    int half = some.size() / 2;
    if (read.isPresent()) {
      read.get().forEach(history -> taker.accept(reader, history));
    } else if (half > 0) {
      read(session, some.subList(0, half), histories, taker);
      read(session, some.subList(half, some.size()), histories, taker);
    }
  }

  /** Returns the histories, or empty if there are too many rows. */
  private Optional<List<History>> histories(
      DatabaseSession session, List<Table> some, @Nullable KnownHistories found)
      throws SQLException {
    List<RowCollector> readings = new ArrayList<>();
    for (Table table : some) {
      readings.add(new RowCollector(place(session, table), tool));
    }
    HistoryStatement statement = new HistoryStatement(session, tool);
    @Nullable String[] digests = new String[some.size()];
    int numberOfTable = statement.numberOfTable();
    int[] count = {0};
    session.forEach(
        statement.rows(some, found != null),
        List.of(),
        TOO_MANY,
        row -> {
          count[0]++;
          int table = row.getInt(numberOfTable);
          readings.get(table).accept(row);
          if (found != null && digests[table] == null) {
            digests[table] = row.getString(numberOfTable + 1);
          }
        });
    if (count[0] == TOO_MANY) {
      return Optional.empty();
    }
    List<History> histories = new ArrayList<>();
    for (int i = 0; i < readings.size(); i++) {
      RowCollector reading = readings.get(i);
      if (reading.result() instanceof History history && !reading.rows().areUnusual()) {
        histories.add(history);
        String digest = digests[i];
        if (found != null && digest != null) {
          found.add(digest, history);
        }
      }
    }
    return Optional.of(histories);
  }

  private HistoryPlace place(DatabaseSession session, Table table) {
    return new HistoryPlace(tool.name(), session.dbms(), table.schema(), table.name());
  }
}
