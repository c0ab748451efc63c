// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;

/** Sets up a server for tests and queries its sessions, with the statements of one product. */
public interface Administrator {

  /** Which sessions are looked for. */
  enum Sessions {
    ALL,
    IDLE,
    WAITING_FOR_A_TABLE
  }

  /** The administrator of the product that a database is on. */
  static Administrator of(TestDatabase database) {
    return of(database.url());
  }

  /** The administrator of the product that a connection leads to. */
  static Administrator of(Connection connection) throws SQLException {
    return of(connection.getMetaData().getURL());
  }

  private static Administrator of(String url) {
    return url.startsWith("jdbc:postgresql:")
        ? new PostgresAdministrator()
        : new MySqlAdministrator();
  }

  /** A history of the sample application, where {@link #prepare} and {@link #lent} look for it. */
  void migrate(TestDatabase database) throws SQLException;

  /** The history table, as SQL spells it. */
  String historyTable();

  /** A database whose connections bear a name, and time limits as the documentation advises. */
  TestDatabase lent(TestDatabase database, String name);

  /** The same for connections that no pool prepares. */
  TestDatabase lentWithoutPool(TestDatabase database, String name);

  /** Lets a pool prepare connections unlike those that the product makes by default. */
  void prepare(HikariConfig config);

  /**
   * The ids of sessions.
   *
   * @param observed how the administrator gets there
   * @param name the name that the connections bear, if the product shows it
   * @param user their role, which no other connection has if it does not
   */
  List<String> sessions(TestDatabase observed, String name, String user, Sessions which)
      throws SQLException;

  /** Ends a session, which may have ended already. */
  void end(TestDatabase observed, String session) throws SQLException;

  /** The settings of a session that a guard might have touched. */
  SortedMap<String, String> settings(Connection connection) throws SQLException;
}
