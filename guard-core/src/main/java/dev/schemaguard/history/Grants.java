// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the GRANT statements that the session's role lacks, ready to be run.
 *
 * @param role the role as a GRANT spells it
 */
record Grants(ReadSession session, String role) {

  /**
   * Returns the GRANT statements for the effective role, which is not always the one that logged
   * in.
   */
  static Grants to(ReadSession session) throws SQLException {
    String user = currentUser(session);
    return new Grants(session, user == null || user.isEmpty() ? "the role" : spelt(session, user));
  }

  String usage(String schema) {
    return "GRANT USAGE ON SCHEMA " + session.quoted(schema) + " TO " + role;
  }

  String select(String schema, String table) {
    String qualified = session.quoted(schema) + "." + session.quoted(table);
    return "GRANT SELECT ON " + qualified + " TO " + role;
  }

  /**
   * Returns the GRANT for a table. On PostgreSQL, it also returns an alternative that includes the
   * tables that the owner creates later, because a migration tool may recreate its history.
   */
  List<String> selectNowOrAlsoLater(String schema, String table) throws SQLException {
    String grant = select(schema, table);
    return ownerOf(schema, table).stream()
        .findFirst()
        .map(
            owner ->
                List.of(
                    grant,
                    grant
                        + "; ALTER DEFAULT PRIVILEGES FOR ROLE "
                        + session.quoted(owner)
                        + " IN SCHEMA "
                        + session.quoted(schema)
                        + " GRANT SELECT ON TABLES TO "
                        + role
                        + " -- also covers tables that are created later"))
        .orElse(List.of(grant));
  }

  private List<String> ownerOf(String schema, String table) throws SQLException {
    if (!session.product().isPostgres()) {
      return List.of();
    }
    try {
      return session.query(
          "SELECT pg_catalog.pg_get_userbyid(c.relowner) FROM pg_catalog.pg_class c"
              + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
              + " WHERE n.nspname = ? AND c.relname = ?",
          List.of(schema, table),
          row -> row.getString(1));
    } catch (SQLException e) {
      session.recover();
      return List.of();
    }
  }

  /** Returns the quoted user. A MariaDB user is a name and a host, each quoted by itself. */
  private static String spelt(ReadSession session, String user) {
    int host = user.lastIndexOf('@');
    return session.product().keepsSchemasAsCatalogs() && host >= 0
        ? session.quoted(user.substring(0, host)) + "@" + session.quoted(user.substring(host + 1))
        : session.quoted(user);
  }

  private static @Nullable String currentUser(ReadSession session) throws SQLException {
    // The second form is that of Derby and HSQLDB. In Derby, the name of the login is a different
    // name.
    for (String sql : List.of("SELECT CURRENT_USER", "VALUES CURRENT_USER")) {
      try {
        return session.query(sql, List.of(), row -> row.getString(1)).stream()
            .findFirst()
            .orElse(null);
      } catch (SQLException e) {
        session.recover();
      }
    }
    return session.connection().getMetaData().getUserName();
  }
}
