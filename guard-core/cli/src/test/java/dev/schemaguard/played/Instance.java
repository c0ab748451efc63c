// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** A running instance of a release, with a connection that it keeps. */
final class Instance implements AutoCloseable {

  private final List<String> statements;
  private final boolean mysql;
  private final Connection connection;

  private Instance(List<String> statements, boolean mysql, Connection connection) {
    this.statements = statements;
    this.mysql = mysql;
    this.connection = connection;
  }

  /** Starts an instance that sends these statements. */
  static Instance start(TestDatabase database, List<String> statements) throws SQLException {
    return new Instance(
        statements,
        !database.url().startsWith("jdbc:postgresql"),
        database.dataSource().getConnection());
  }

  /** Serves a request. Returns the error if a statement failed, else an empty text. */
  String work() {
    String id = UUID.randomUUID().toString();
    for (String statement : statements) {
      String sql = sql(statement).replace(":id", id).replace(":short", id.substring(0, 8));
      try (PreparedStatement prepared = connection.prepareStatement(sql)) {
        boolean query = prepared.execute();
        if ((statement.startsWith("?") && !found(prepared))
            || (statement.startsWith("!") && prepared.getUpdateCount() == 0)) {
          return "no row: " + sql;
        }
        if (query != sql.startsWith("SELECT")) {
          throw new IllegalStateException(sql);
        }
      } catch (SQLException e) {
        return e.getMessage();
      }
    }
    return "";
  }

  private static boolean found(PreparedStatement prepared) throws SQLException {
    try (ResultSet rows = prepared.getResultSet()) {
      return rows.next();
    }
  }

  /** Replaces the marks. A statement that begins with {@code ^} inserts a row or counts. */
  private String sql(String statement) {
    if (statement.startsWith("^")) {
      return "INSERT INTO "
          + statement.substring(1)
          + (mysql
              ? " ON DUPLICATE KEY UPDATE hits = hits + 1"
              : " ON CONFLICT (name) DO UPDATE SET hits = counters.hits + 1");
    }
    return statement.replaceFirst("^[?!]", "");
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
