// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the GRANT statements that the session's role lacks, ready to be run.
 *
 * @param role the role as a GRANT spells it
 */
public record Grants(DatabaseSession session, String role) {

  /**
   * Returns the GRANT statements for the effective role, which is not always the one that logged
   * in.
   */
  public static Grants to(DatabaseSession session) throws SQLException {
    String user = currentUser(session);
    return new Grants(
        session,
        user == null || user.isEmpty() ? "the role" : session.dialect().grantee(session, user));
  }

  public String usage(String schema) {
    return "GRANT USAGE ON SCHEMA " + session.quoted(schema) + " TO " + role;
  }

  public String select(String schema, String table) {
    String qualified = session.quoted(schema) + "." + session.quoted(table);
    return "GRANT SELECT ON " + qualified + " TO " + role;
  }

  /**
   * Returns the GRANT for a table. On PostgreSQL, it also returns an alternative that includes the
   * tables that the owner creates later, because a migration tool may recreate its history.
   */
  public List<String> selectNowOrAlsoLater(String schema, String table) throws SQLException {
    String grant = select(schema, table);
    return session.dialect().owner(session, schema, table).stream()
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

  private static @Nullable String currentUser(DatabaseSession session) throws SQLException {
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
