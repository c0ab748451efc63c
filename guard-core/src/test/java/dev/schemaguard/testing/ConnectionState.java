// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SortedMap;

/** Everything that a connection can be set to. */
public record ConnectionState(
    boolean autoCommit,
    boolean readOnly,
    String catalog,
    String schema,
    SortedMap<String, String> settings,
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
          connection.getCatalog(),
          connection.getSchema(),
          Administrator.of(connection).settings(connection),
          connection.getTransactionIsolation(),
          connection.getNetworkTimeout(),
          statement.getQueryTimeout(),
          connection.getHoldability(),
          connection.getWarnings() != null);
    }
  }
}
