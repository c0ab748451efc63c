// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Everything that a connection to PostgreSQL can be set to. */
public record ConnectionState(
    boolean autoCommit,
    boolean readOnly,
    String schema,
    String searchPath,
    String statementTimeout,
    String lockTimeout,
    int isolation,
    int networkTimeout,
    int queryTimeout,
    int holdability,
    boolean warned) {

  /** The state of {@code connection}; asking begins a transaction where auto-commit is off. */
  public static ConnectionState of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return new ConnectionState(
          connection.getAutoCommit(),
          connection.isReadOnly(),
          connection.getSchema(),
          setting(statement, "search_path"),
          setting(statement, "statement_timeout"),
          setting(statement, "lock_timeout"),
          connection.getTransactionIsolation(),
          connection.getNetworkTimeout(),
          statement.getQueryTimeout(),
          connection.getHoldability(),
          connection.getWarnings() != null);
    }
  }

  private static String setting(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("SHOW " + name)) {
      row.next();
      return row.getString(1);
    }
  }
}
