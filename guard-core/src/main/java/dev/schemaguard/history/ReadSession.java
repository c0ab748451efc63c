// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One borrowed connection while a {@link HistoryReader} reads from it. The connection is not
 * changed, so nothing has to be restored. Used by one thread.
 */
public interface ReadSession {

  /** Converts the current row to a value. */
  @FunctionalInterface
  interface RowMapper<T> {
    /** Returns the value of the current row of {@code row}. */
    T map(ResultSet row) throws SQLException;
  }

  /** Receives the current row. */
  @FunctionalInterface
  interface RowConsumer {
    /** Receives the current row of {@code row}. */
    void accept(ResultSet row) throws SQLException;
  }

  /**
   * Returns the connection, for anything that {@link #query} does not support. Send SELECT
   * statements only, and do not change the connection.
   */
  Connection connection();

  /**
   * Returns Liquibase's short name of the database product: {@code postgresql}, {@code h2}; for an
   * unknown product its own name in lower case.
   */
  String dbms();

  /**
   * Returns the schema in which an unqualified name is looked up first; null if there is none, and
   * empty if the database has no schemas. This needs a statement on some databases.
   */
  @Nullable String currentSchema() throws SQLException;

  /** Returns {@code name} quoted, so that SQL refers to exactly this name. */
  String quoted(String name);

  /**
   * Runs one SELECT and returns a value for every row.
   *
   * @param parameters values of the statement's {@code ?}, in order: text, numbers, booleans, null,
   *     or any other value, of which {@code toString} is written as a text literal; they become a
   *     part of the statement, which is never prepared
   * @return the values, in the order of the rows
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  <T> List<T> query(String sql, List<?> parameters, RowMapper<T> mapper) throws SQLException;

  /**
   * Runs one SELECT and passes every row to {@code consumer}. Parameters and errors are those of
   * {@link #query}.
   */
  void forEach(String sql, List<?> parameters, RowConsumer consumer) throws SQLException;

  /**
   * Makes the connection usable after a statement failed, if the connection itself is not lost. A
   * database such as PostgreSQL refuses everything until the transaction in which a statement
   * failed has ended.
   *
   * @throws SQLException {@code failure}, if the connection is lost
   */
  void recoverFrom(SQLException failure) throws SQLException;
}
