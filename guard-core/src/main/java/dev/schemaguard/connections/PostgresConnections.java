// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.connections;

import dev.schemaguard.connections.ConnectedVersions.Visibility;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.history.SqlFailure;
import java.sql.SQLException;
import java.util.List;

/**
 * Reads the connections to a PostgreSQL database. Every role sees the database, role and {@code
 * application_name} of every session ({@code pg_stat_get_activity} in {@code pgstatfuncs.c}). It
 * sees the type of a backend only with {@code pg_read_all_stats} or as a member of the session's
 * role, so other roles count the workers of a parallel query as well. The server's own processes
 * have no role.
 */
final class PostgresConnections {

  private static final String QUERY =
      "SELECT a.application_name, a.pid = pg_catalog.pg_backend_pid()"
          + " FROM pg_catalog.pg_stat_activity a"
          + " WHERE a.datname = current_database() AND a.usesysid IS NOT NULL"
          + " AND COALESCE(a.backend_type, 'client backend') = 'client backend'";

  private PostgresConnections() {}

  static ConnectedVersions read(ReadSession session) throws SQLException {
    ConnectionCount count = new ConnectionCount();
    try {
      session.forEach(QUERY, List.of(), count::add);
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return ConnectedVersions.unseen(
          "pg_stat_activity cannot be read ("
              + SqlFailure.message(e)
              + "); every role may, unless"
              + " it was revoked: GRANT SELECT ON pg_catalog.pg_stat_activity TO the role");
    }
    return count.hasAsker()
        ? count.connectedVersions(Visibility.FULL, null)
        : ConnectedVersions.unseen("pg_stat_activity does not show even this connection");
  }
}
