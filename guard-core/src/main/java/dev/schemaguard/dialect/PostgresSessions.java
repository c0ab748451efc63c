// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.AdvisoryLock.PostgresKey;
import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Shows what the other sessions on a PostgreSQL server hold and which application they belong to.
 */
final class PostgresSessions {

  /**
   * Every role sees the database, role and {@code application_name} of every session ({@code
   * pg_stat_get_activity} in {@code pgstatfuncs.c}). It sees the type of a backend only with {@code
   * pg_read_all_stats} or as a member of the session's role, so other roles count the workers of a
   * parallel query as well. The server's own processes have no role.
   */
  private static final String CONNECTIONS =
      "SELECT a.application_name, a.pid = pg_catalog.pg_backend_pid(), a.usename"
          + " FROM pg_catalog.pg_stat_activity a"
          + " WHERE a.datname = current_database() AND a.usesysid IS NOT NULL"
          + " AND COALESCE(a.backend_type, 'client backend') = 'client backend'";

  private static final String LOCKS =
      "SELECT a.usename, l.pid, a.backend_start, clock_timestamp()"
          + " FROM pg_catalog.pg_locks l"
          + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
          + " WHERE l.locktype = 'advisory' AND l.granted"
          + " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
          + " WHERE datname = current_database())"
          + " AND (l.classid::bigint, l.objid::bigint, l.objsubid) IN (";

  private static final String BEHIND_POOLER =
      "this connection goes through a pooler, whose connections carry the tag of the client that"
          + " used them last; a running version may be missing, and one that has ended may be shown:"
          + " look at the deployment to see what is running";

  private PostgresSessions() {}

  static Visibility look(DatabaseSession session, List<PostgresKey> keys) throws SQLException {
    List<Number> numbers = new ArrayList<>();
    for (PostgresKey key : keys) {
      numbers.addAll(List.of(key.classId(), key.objectId(), key.kind()));
    }
    return Visibility.of(
        session.query(
            LOCKS + "(?, ?, ?), ".repeat(keys.size() - 1) + "(?, ?, ?))",
            numbers,
            PostgresSessions::lock));
  }

  /**
   * Reads a held lock. The start of its session is hidden from a role that may not see other roles'
   * sessions.
   */
  private static MigrationLock lock(ResultSet row) throws SQLException {
    Timestamp start = row.getTimestamp(3);
    return start == null
        ? AdvisoryLock.held(row, null, null)
        : AdvisoryLock.held(
            row,
            start.toLocalDateTime().withNano(0).toString(),
            Duration.between(start.toInstant(), row.getTimestamp(4).toInstant()));
  }

  /**
   * Returns the connected versions.
   *
   * @param behindPooler whether this session goes through a pooler, and those of the applications
   *     probably as well
   */
  static ConnectedVersions connectedVersions(DatabaseSession session, boolean behindPooler)
      throws SQLException {
    ConnectionCount count = new ConnectionCount();
    try {
      session.forEach(CONNECTIONS, List.of(), count::add);
    } catch (SQLException e) {
      session.recoverFrom(e);
      return ConnectedVersions.unseen(
          "pg_stat_activity cannot be read ("
              + SqlFailure.message(e)
              + "); every role may, unless"
              + " it was revoked: GRANT SELECT ON pg_catalog.pg_stat_activity TO the role");
    }
    if (!count.hasAsker()) {
      return ConnectedVersions.unseen("pg_stat_activity does not show even this connection");
    }
    return behindPooler
        ? count.versions(ConnectedVersions.Visibility.PARTIAL, BEHIND_POOLER)
        : count.versions(ConnectedVersions.Visibility.FULL, null);
  }
}
