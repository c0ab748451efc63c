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

/** The administrator of MySQL and MariaDB. */
final class MySqlAdministrator implements Administrator {

  private static final String SETTINGS =
      "SHOW SESSION VARIABLES WHERE Variable_name IN ('autocommit', 'sql_mode', 'sql_select_limit',"
          + " 'lock_wait_timeout', 'innodb_lock_wait_timeout', 'max_execution_time',"
          + " 'max_statement_time', 'net_write_timeout', 'wait_timeout')";

  @Override
  public void migrate(TestDatabase database) {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
  }

  @Override
  public String historyTable() {
    return "DATABASECHANGELOG";
  }

  /**
   * With limits of the driver's own, because neither driver hears an interrupt while it connects,
   * and MariaDB's cannot be aborted while it reads.
   */
  @Override
  public TestDatabase lent(TestDatabase database, String name) {
    return database.withUrl(
        database.url()
            + (database.url().contains("?") ? "&" : "?")
            + "connectTimeout=3000&socketTimeout=5000");
  }

  @Override
  public TestDatabase lentWithoutPool(TestDatabase database, String name) {
    return lent(database, name);
  }

  @Override
  public void prepare(HikariConfig config) {
    config.setConnectionInitSql("SET SESSION lock_wait_timeout = 1234");
  }

  @Override
  public List<String> sessions(TestDatabase observed, String name, String user, Sessions which)
      throws SQLException {
    return observed.rows(
        "SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '%s' AND ID <> CONNECTION_ID()"
                .formatted(user)
            + switch (which) {
              case ALL -> "";
              case IDLE -> " AND COMMAND = 'Sleep'";
              case WAITING_FOR_A_TABLE -> " AND STATE LIKE 'Waiting for table%'";
            });
  }

  @Override
  public void end(TestDatabase observed, String session) throws SQLException {
    try {
      observed.execute("KILL " + session);
    } catch (SQLException e) {
      // 1094: it has ended already.
      if (e.getErrorCode() != 1094) {
        throw e;
      }
    }
  }

  @Override
  public SortedMap<String, String> settings(Connection connection) throws SQLException {
    SortedMap<String, String> settings = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(SETTINGS)) {
      while (rows.next()) {
        settings.put(rows.getString(1), rows.getString(2));
      }
    }
    return settings;
  }
}
