// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servers;

import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** What server, role and URL set on MariaDB, while a migration is pending. */
@RequiresMariaDb
class MariaDbSituationsTest extends SituationTests {

  private final TestDatabase database;

  MariaDbSituationsTest() throws SQLException {
    super("on MariaDB");
    database = Answers.migrated(MariaDb.database());
    row("`read_only` of the server", this::readOnlyServer);
    row("`tx_read_only` of the session", () -> in("?sessionVariables=tx_read_only=1"));
    row(
        "`max_statement_time` passes while the history is locked",
        () -> whileLocked("?sessionVariables=max_statement_time=0.2"));
    row(
        "`lock_wait_timeout` passes while the history is locked",
        () -> whileLocked("?sessionVariables=lock_wait_timeout=1"));
    row("`MAX_USER_CONNECTIONS` of the user is reached", this::connectionLimit);
    row("`jdbc:mariadb:sequential://down,primary/`", this::hosts);
  }

  private static SchemaGuardBuilder guard(TestDatabase database) {
    return Answers.guard(database.dataSource(), Answers.APPLIED + 1);
  }

  private Answers in(String parameters) throws SQLException {
    return Answers.of(guard(database.withUrl(database.url() + parameters)), database);
  }

  private Answers readOnlyServer() throws SQLException {
    database.execute("SET GLOBAL read_only = 1");
    try {
      return in("");
    } finally {
      database.execute("SET GLOBAL read_only = 0");
    }
  }

  private Answers whileLocked(String parameters) throws SQLException {
    try (Connection migration = database.dataSource().getConnection();
        Statement lock = migration.createStatement()) {
      lock.execute("LOCK TABLES schema_migrations WRITE");
      return in(parameters);
    }
  }

  private Answers connectionLimit() throws SQLException {
    database.execute(
        "CREATE USER one IDENTIFIED BY 'one' WITH MAX_USER_CONNECTIONS 1",
        "GRANT ALL ON *.* TO one");
    TestDatabase asUser = new TestDatabase(database.url(), "one", "one");
    try (Connection held = asUser.dataSource().getConnection();
        Statement used = held.createStatement()) {
      used.execute("SELECT 1");
      return Answers.of(guard(asUser), database);
    } finally {
      database.execute("DROP USER one");
    }
  }

  private Answers hosts() throws IOException, SQLException {
    int down;
    try (ServerSocket nobody = new ServerSocket(0)) {
      down = nobody.getLocalPort();
    }
    String url =
        database
            .url()
            .replace("jdbc:mariadb://", "jdbc:mariadb:sequential://localhost:" + down + ",");
    return Answers.of(guard(database.withUrl(url)), database);
  }
}
