// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Determines whether a connection's current schema was chosen for this application, or is merely
 * the default one.
 */
final class SchemaChoice {

  /**
   * The default schemas of PostgreSQL, H2, HSQLDB, SQL Server and SQLite, for a role without a
   * schema of its own.
   */
  private static final Set<String> DEFAULTS = Set.of("public", "dbo", SqliteCatalog.FILE);

  private SchemaChoice() {}

  /**
   * Returns whether the URL, the pool, the role, the database or the session chose {@code schema}.
   * On MySQL and MariaDB the schema is the database that the connection uses, which is always a
   * choice.
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
   * Returns whether the search path was set on purpose. {@code pg_settings.source} shows where it
   * comes from: {@code client} for the URL, {@code session} for a pool, {@code user} and {@code
   * database} for ALTER ROLE and ALTER DATABASE.
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
      // A server that speaks PostgreSQL's protocol and does not report where a setting comes from.
      session.recover();
      return !DEFAULTS.contains(schema);
    }
  }
}
