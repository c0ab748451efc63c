// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What server, session and URL set on MySQL, while a migration is pending. */
@RequiresMySql
class MySqlSituationsTest extends SituationTests {

  private final TestDatabase database;

  MySqlSituationsTest() throws SQLException {
    super("on MySQL");
    database = Answers.migrated(MySql.database());
    row("`read_only` of the server", () -> readOnlyServer("read_only"));
    row("`super_read_only` of the server", () -> readOnlyServer("super_read_only"));
    row(
        "`transaction_read_only` of the session",
        () -> in("&sessionVariables=transaction_read_only=1"));
    row(
        "`max_execution_time` passes while the history is locked",
        () -> whileLocked("&sessionVariables=max_execution_time=200"));
    row("`jdbc:mysql://down,primary/`", this::hosts);
  }

  private static SchemaGuardBuilder guard(TestDatabase database) {
    return Answers.guard(database.dataSource(), Answers.APPLIED + 1);
  }

  private Answers in(String parameters) throws SQLException {
    return Answers.of(guard(database.withUrl(database.url() + parameters)), database);
  }

  private Answers readOnlyServer(String variable) throws SQLException {
    database.execute("SET GLOBAL " + variable + " = 1");
    try {
      return in("");
    } finally {
      database.execute("SET GLOBAL " + variable + " = 0", "SET GLOBAL read_only = 0");
    }
  }

  private Answers whileLocked(String parameters) throws SQLException {
    try (Connection migration = database.dataSource().getConnection();
        Statement lock = migration.createStatement()) {
      lock.execute("LOCK TABLES schema_migrations WRITE");
      return in(parameters);
    }
  }

  /** The driver makes connections to the second host read-only. */
  private Answers hosts() throws IOException, SQLException {
    int down;
    try (ServerSocket nobody = new ServerSocket(0)) {
      down = nobody.getLocalPort();
    }
    String url = database.url().replace("jdbc:mysql://", "jdbc:mysql://localhost:" + down + ",");
    return Answers.of(guard(database.withUrl(url)), database);
  }
}
