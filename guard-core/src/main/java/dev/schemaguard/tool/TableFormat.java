// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way in which one migration tool keeps its history in a table: its names, its statements, its
 * rows.
 */
public interface TableFormat {

  /** Returns the tool's name, in lower case. */
  String name();

  /**
   * Returns the name of the table as the database stores it if the tool created it.
   *
   * @param configured the name as the application gives it; null means the tool's default
   */
  String table(DatabaseSession session, @Nullable String configured) throws SQLException;

  /** Returns the columns that are selected. */
  List<String> columns();

  /** Returns those of the columns that define identity, order and success. */
  List<String> required();

  /** Returns the column, in lower case, that is least common in tables of other tools. */
  String rarestColumn();

  /**
   * Returns whether a table is this tool's by its columns, whatever it is called.
   *
   * @param table the table's name
   * @param columns the names of all its columns, in lower case
   */
  boolean fits(String table, Set<String> columns);

  /** Returns what to know about a table of the tool with this name; empty if nothing. */
  default Optional<String> noteOnName(String table) {
    return Optional.empty();
  }

  /** Returns whether a table with the tool's usual name is likely to be this tool's. */
  default boolean isNamedByTable() {
    return true;
  }

  /** Returns whether the tool itself finds its table only under exactly this name. */
  default boolean isExact() {
    return true;
  }

  /** Returns a column as the tool's own statements spell it. */
  String spelt(DatabaseSession session, String column) throws SQLException;

  /**
   * Returns the statement that reads the history, oldest first.
   *
   * @param columns the {@link #columns} as they are spelt here, {@code NULL} for one that does not
   *     exist
   */
  default String historySql(String qualifiedTable, List<String> columns) {
    StringBuilder sql = new StringBuilder("SELECT ");
    sql.append(String.join(", ", selected(columns))).append(" FROM ").append(qualifiedTable);
    sql.append(whereClause());
    String separator = " ORDER BY ";
    for (int column : order()) {
      sql.append(separator).append(columns.get(column));
      separator = ", ";
    }
    return sql.toString();
  }

  /** Returns the SQL condition of the rows that are read; null means all rows. */
  default @Nullable String rowsWhere() {
    return null;
  }

  /**
   * Returns the WHERE clause for {@link #rowsWhere}, with a blank before it; empty without a
   * condition.
   */
  default String whereClause() {
    return rowsWhere() == null ? "" : " WHERE (" + rowsWhere() + ")";
  }

  /** Returns what is selected: the columns, and any computed columns after them. */
  default List<String> selected(List<String> columns) {
    return columns;
  }

  /**
   * Returns the positions in {@link #columns}, from 0, to sort by so that the oldest row comes
   * first.
   */
  List<Integer> order();

  /**
   * Returns the position in {@link #columns} of the time at which a row was recorded, which differs
   * between databases that hold the same migrations; -1 if the tool records none. Apart from the
   * order, no verdict depends on it.
   */
  default int timeColumn() {
    return -1;
  }

  /** Returns the statement that reads the {@linkplain HistoryReader#changeToken change token}. */
  String tokenSql(Dialect dialect, String qualifiedTable, List<String> columns);

  /**
   * Returns the token of one row of {@link #tokenSql}. The whole token consists of the tokens of
   * all rows, one per line.
   */
  String token(ResultSet row) throws SQLException;

  /** Returns an object that collects the rows of one reading. */
  Rows rows();

  /**
   * Returns why the database refuses to read a table that has the required columns, if the
   * application's configuration is the cause; empty if it is not.
   */
  default Optional<Unreadable> refusal(
      DatabaseSession session, HistoryPlace place, String qualifiedTable) throws SQLException {
    return Optional.empty();
  }

  /**
   * Returns why the tool itself would not find what these rows record, or empty if it would.
   *
   * @throws SQLException if the connection broke
   */
  default Optional<String> unseen(
      DatabaseSession session, String qualifiedTable, List<String> columns, Rows rows)
      throws SQLException {
    return Optional.empty();
  }

  /** Returns what to do about a table without the required columns. */
  List<String> adviceOnColumns();

  /** Returns what to do about a row that the tool does not write. */
  String adviceOnShape();

  /** Receives the rows of a history one by one. Used by one thread. */
  interface Rows {
    /** Returns whether {@link TableFormat#unseen} has a reason to look. */
    default boolean areUnusual() {
      return false;
    }

    /**
     * Adds the next row. If the tool does not write such a row, returns what is wrong with it, for
     * example {@code has no ID}.
     */
    Optional<String> add(ResultSet row) throws SQLException;

    /** Returns the history, oldest first. */
    List<HistoryEntry> entries();

    /** Returns the change token of the rows. */
    String token();
  }
}
