// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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

  /** Returns the GRANT that lets the role use a schema. */
  public String usage(String schema) {
    return "GRANT USAGE ON SCHEMA " + session.quoted(schema) + " TO " + role;
  }

  /** Returns the GRANT that lets the role read a table. */
  public String select(String schema, String table) {
    return "GRANT SELECT ON " + session.qualified(schema, table) + " TO " + role;
  }

  /**
   * Returns the GRANT for a table, and an alternative that includes tables that are created later,
   * if the product has one.
   */
  public List<String> selectNowOrAlsoLater(String schema, String table) throws SQLException {
    String grant = select(schema, table);
    Optional<String> later = session.dialect().grantOnLaterTables(session, schema, table, role);
    return later.isEmpty()
        ? List.of(grant)
        : List.of(
            grant, grant + "; " + later.get() + " -- also covers tables that are created later");
  }

  private static @Nullable String currentUser(DatabaseSession session) throws SQLException {
    for (String sql : session.dialect().currentUserQueries()) {
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
