// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Finds out whether a connection's current schema was chosen for this application, or is merely
 * where everybody lands.
 */
final class SchemaChoice {

  /** Where PostgreSQL, H2, HSQLDB, SQL Server and SQLite put a role without a schema of its own. */
  private static final Set<String> DEFAULTS = Set.of("public", "dbo", SqliteCatalog.FILE);

  private SchemaChoice() {}

  /**
   * Returns whether the URL, the pool, the role, the database or the session chose {@code schema}.
   * On MySQL and MariaDB it is the database that the connection is to, which is a choice.
   *
   * @throws SQLException if the connection broke
   */
  static boolean isDeliberate(ReadSession session, String schema) throws SQLException {
    return session.product().isPostgres()
        ? isDeliberateOnPostgres(session, schema)
        : session.product().keepsSchemasAsCatalogs()
            || !DEFAULTS.contains(schema.toLowerCase(Locale.ROOT));
  }

  /**
   * {@code pg_settings.source} says who set the search path: {@code client} for the URL, {@code
   * session} for a pool, {@code user} and {@code database} for ALTER ROLE and ALTER DATABASE.
   */
  private static boolean isDeliberateOnPostgres(ReadSession session, String schema)
      throws SQLException {
    try {
      return session
          .query(
              "SELECT s.source NOT IN ('default', 'configuration file', 'command line',"
                  + " 'environment variable') OR current_user = ? OR session_user = ?"
                  + " FROM pg_catalog.pg_settings s WHERE s.name = 'search_path'",
              List.of(schema, schema),
              row -> row.getBoolean(1))
          .contains(true);
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      // A server that speaks PostgreSQL's protocol and does not say where a setting comes from.
      session.recover();
      return !DEFAULTS.contains(schema);
    }
  }
}
