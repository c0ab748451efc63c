// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.connections.ConnectionTag;
import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import java.sql.SQLException;
import java.util.List;

/**
 * Shows what the other sessions on a MySQL or MariaDB server hold and which application they belong
 * to. Connection attributes are available in the performance schema only, which MariaDB disables by
 * default: its tables then exist and are empty. A role without SELECT on it sees only the
 * attributes of its own sessions, and a role without the right PROCESS sees only its own sessions.
 */
final class MySqlSessions {

  private static final String ALL =
      "SELECT a.ATTR_VALUE, t.PROCESSLIST_ID = CONNECTION_ID(), t.PROCESSLIST_USER"
          + " FROM performance_schema.threads t"
          + " LEFT JOIN performance_schema.session_connect_attrs a"
          + " ON a.PROCESSLIST_ID = t.PROCESSLIST_ID AND a.ATTR_NAME = ?"
          + " WHERE t.TYPE = 'FOREGROUND' AND t.PROCESSLIST_DB = DATABASE()"
          // An event of the server, which runs in a database as a session does.
          + " AND t.NAME <> 'thread/sql/event_worker'";

  private static final String OWN =
      "SELECT a.ATTR_VALUE, p.ID = CONNECTION_ID(), p.USER"
          + " FROM information_schema.PROCESSLIST p"
          + " LEFT JOIN performance_schema.session_account_connect_attrs a"
          + " ON a.PROCESSLIST_ID = p.ID AND a.ATTR_NAME = ?"
          + " WHERE p.DB = DATABASE() AND @@performance_schema = 1"
          + " AND p.USER = SUBSTRING_INDEX(USER(), '@', 1)";

  private static final String OFF =
      "performance_schema is off, so the server keeps no tags; start it with performance_schema=ON";

  private MySqlSessions() {}

  static Visibility look(DatabaseSession session, List<String> locks) throws SQLException {
    return Visibility.of(
        session.query(
            "SELECT p.USER, l.ID FROM (SELECT IS_USED_LOCK(?) AS ID"
                + " UNION SELECT IS_USED_LOCK(?)".repeat(locks.size() - 1)
                + ") l LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.ID"
                + " WHERE l.ID IS NOT NULL",
            locks,
            row -> AdvisoryLock.held(row, null, null)));
  }

  static ConnectedVersions connectedVersions(DatabaseSession session) throws SQLException {
    try {
      return read(session, ALL, ConnectedVersions.Visibility.FULL);
    } catch (SQLException e) {
      session.recoverFrom(e);
    }
    try {
      return read(session, OWN, ConnectedVersions.Visibility.PARTIAL);
    } catch (SQLException e) {
      session.recoverFrom(e);
      return ConnectedVersions.unseen(
          "the performance schema cannot be read: " + SqlFailure.message(e));
    }
  }

  private static ConnectedVersions read(
      DatabaseSession session, String query, ConnectedVersions.Visibility visibility)
      throws SQLException {
    ConnectionCount count = new ConnectionCount();
    session.forEach(query, List.of(ConnectionTag.ATTRIBUTE), count::add);
    if (!count.hasAsker()) {
      return ConnectedVersions.unseen(OFF);
    }
    return count.versions(
        visibility,
        visibility == ConnectedVersions.Visibility.FULL
            ? null
            : "connections of other roles; GRANT SELECT ON performance_schema.* TO the role");
  }
}
