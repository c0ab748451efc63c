// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryResult.Unreadable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How one migration tool keeps its history in a table: its names, its statements, its rows. */
interface TableFormat {

  /** The tool's name, lower case. */
  String tool();

  /** A reader of {@code table}, which is of this format. */
  HistoryReader reader(HistoryLocation location, HistoryTable table);

  /**
   * The name of the table as the database has it, if the tool made it.
   *
   * @param configured the name as the application gives it; null: the tool's default
   */
  String table(ReadSession session, @Nullable String configured) throws SQLException;

  /** What is selected. */
  List<String> columns();

  /** Those of the columns that define identity, order and success. */
  List<String> required();

  /** The column, in lower case, that the fewest tables beside this tool's have. */
  String rarestColumn();

  /**
   * Returns whether a table is this tool's by its columns, whatever it is called.
   *
   * @param table the table's name
   * @param columns the names of all its columns, in lower case
   */
  boolean fits(String table, Set<String> columns);

  /** Whether a table of the tool's usual name is likely to be this tool's. */
  default boolean isNamedByTable() {
    return true;
  }

  /** Whether the tool itself finds its table only under exactly this name. */
  default boolean isExact() {
    return true;
  }

  /** A column as the tool's own statements spell it. */
  String spelt(ReadSession session, String column) throws SQLException;

  /**
   * The statement that reads the history, oldest first.
   *
   * @param columns the {@link #columns} as they are spelt here, {@code NULL} for one that is not
   *     there
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

  /** The SQL condition of the rows that are read; null: all are. */
  default @Nullable String rowsWhere() {
    return null;
  }

  /** The WHERE clause for {@link #rowsWhere}, with a blank before it; empty without a condition. */
  default String whereClause() {
    return rowsWhere() == null ? "" : " WHERE (" + rowsWhere() + ")";
  }

  /** What is selected: the columns, and what may be computed behind them. */
  default List<String> selected(List<String> columns) {
    return columns;
  }

  /** The places in {@link #columns}, from 0, by which the oldest row comes first. */
  List<Integer> order();

  /** The statement that reads the {@linkplain HistoryReader#changeToken change token}. */
  String tokenSql(String qualifiedTable, List<String> columns);

  /** What a row that {@link #tokenSql} yields tells; the token is that of all, a line each. */
  String token(ResultSet row) throws SQLException;

  /** What is made of the rows of one reading. */
  Rows rows();

  /**
   * Why the database refuses to read a table that has the required columns, where what the
   * application configured is to blame; empty: something else is.
   */
  default Optional<Unreadable> refusal(
      ReadSession session, HistoryPlace place, String qualifiedTable) throws SQLException {
    return Optional.empty();
  }

  /**
   * Returns why the tool itself would not find what these rows record, or empty if it would.
   *
   * @throws SQLException if the connection broke
   */
  default Optional<String> unseen(
      ReadSession session, String qualifiedTable, List<String> columns, Rows rows)
      throws SQLException {
    return Optional.empty();
  }

  /** What to do about a table without the required columns. */
  List<String> adviceOnColumns();

  /** What to do about a row that the tool does not write. */
  String adviceOnShape();

  /** Takes the rows of a history one by one. Used by one thread. */
  interface Rows {
    /** Whether {@link TableFormat#unseen} has a reason to look. */
    default boolean areUnusual() {
      return false;
    }

    /** Takes the next row; returns what no row of the tool's has, such as {@code has no ID}. */
    Optional<String> add(ResultSet row) throws SQLException;

    /** The history, oldest first. */
    List<HistoryEntry> entries();

    /** The change token of the rows. */
    String token();
  }
}
