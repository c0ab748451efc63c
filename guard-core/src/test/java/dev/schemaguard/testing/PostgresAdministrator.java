// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The administrator of PostgreSQL. */
final class PostgresAdministrator implements Administrator {

  /** Where the history is that the guard reads: the current schema of every connection. */
  private static final String SCHEMA = "history";

  @Override
  public void migrate(TestDatabase database) throws SQLException {
    database.execute("CREATE SCHEMA " + SCHEMA);
    Statewave.run(database.dataSource()).in(SCHEMA).update();
  }

  @Override
  public String historyTable() {
    return SCHEMA + ".databasechangelog";
  }

  @Override
  public TestDatabase lent(TestDatabase database, String name) {
    return database.withUrl(
        database.url()
            + "?ApplicationName="
            + name
            // With a login timeout, PostgreSQL's driver hears an interrupt while it connects.
            + "&loginTimeout=30&socketTimeout=60&queryTimeout=10&cancelSignalTimeout=1");
  }

  @Override
  public TestDatabase lentWithoutPool(TestDatabase database, String name) {
    TestDatabase lent = lent(database, name);
    return lent.withUrl(lent.url() + "&currentSchema=" + SCHEMA);
  }

  @Override
  public void prepare(HikariConfig config) {
    config.setSchema(SCHEMA);
  }

  @Override
  public List<String> sessions(TestDatabase observed, String name, String user, Sessions which)
      throws SQLException {
    return observed.rows(
        "SELECT pid FROM pg_stat_activity WHERE application_name = '%s'".formatted(name)
            + switch (which) {
              case ALL -> "";
              case IDLE -> " AND state LIKE 'idle%'";
              case WAITING_FOR_A_TABLE -> " AND wait_event_type = 'Lock'";
            });
  }

  @Override
  public void end(TestDatabase observed, String session) throws SQLException {
    observed.execute("SELECT pg_terminate_backend(" + session + ")");
  }

  @Override
  public SortedMap<String, String> settings(Connection connection) throws SQLException {
    SortedMap<String, String> settings = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : List.of("search_path", "statement_timeout", "lock_timeout")) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          settings.put(name, row.getString(1));
        }
      }
    }
    return settings;
  }
}
