// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import dev.schemaguard.connections.ConnectedVersions.Visibility;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.SqlFailure;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the connections to a MariaDB or MySQL database. Connection attributes are available in the
 * performance schema only, which MariaDB disables by default: its tables then exist and are empty.
 * A role without SELECT on it sees only the attributes of its own sessions, and a role without the
 * right PROCESS sees only its own sessions.
 */
final class MariaDbConnections {

  private static final String ALL =
      "SELECT a.ATTR_VALUE, t.PROCESSLIST_ID = CONNECTION_ID()"
          + " FROM performance_schema.threads t"
          + " LEFT JOIN performance_schema.session_connect_attrs a"
          + " ON a.PROCESSLIST_ID = t.PROCESSLIST_ID AND a.ATTR_NAME = ?"
          + " WHERE t.TYPE = 'FOREGROUND' AND t.PROCESSLIST_DB = DATABASE()";

  private static final String OWN =
      "SELECT a.ATTR_VALUE, p.ID = CONNECTION_ID()"
          + " FROM information_schema.PROCESSLIST p"
          + " LEFT JOIN performance_schema.session_account_connect_attrs a"
          + " ON a.PROCESSLIST_ID = p.ID AND a.ATTR_NAME = ?"
          + " WHERE p.DB = DATABASE() AND @@performance_schema = 1"
          + " AND p.USER = SUBSTRING_INDEX(USER(), '@', 1)";

  private static final String OFF =
      "performance_schema is off, so the server keeps no tags; start it with performance_schema=ON";

  private MariaDbConnections() {}

  static ConnectedVersions read(ReadSession session) throws SQLException {
    try {
      return read(session, ALL, Visibility.FULL);
    } catch (SQLException e) {
      goOn(session, e);
    }
    try {
      return read(session, OWN, Visibility.PARTIAL);
    } catch (SQLException e) {
      goOn(session, e);
      return ConnectedVersions.unseen(
          "the performance schema cannot be read: " + SqlFailure.message(e));
    }
  }

  private static void goOn(ReadSession session, SQLException failure) throws SQLException {
    if (session.isBroken(failure)) {
      throw failure;
    }
    session.recover();
  }

  private static ConnectedVersions read(ReadSession session, String query, Visibility visibility)
      throws SQLException {
    ConnectionCount count = new ConnectionCount();
    session.forEach(query, List.of(ConnectionTag.ATTRIBUTE), count::add);
    if (!count.hasAsker()) {
      return ConnectedVersions.unseen(OFF);
    }
    return count.connectedVersions(
        visibility,
        visibility == Visibility.FULL
            ? null
            : "connections of other roles; GRANT SELECT ON performance_schema.* TO the role");
  }
}
