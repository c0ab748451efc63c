// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.history.ReadSession.RowConsumer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's own privileges in MySQL or MariaDB, as far as they decide which columns the
 * information_schema shows. It does not list those of a role that was granted to the user.
 */
record MySqlPrivileges(DatabaseSession session) {

  /** A privilege on columns is what shows a column. */
  private static final String ON_COLUMNS =
      " PRIVILEGE_TYPE IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND GRANTEE ="
          + " CONCAT('''', LEFT(CURRENT_USER(), CHAR_LENGTH(CURRENT_USER())"
          + " - CHAR_LENGTH(SUBSTRING_INDEX(CURRENT_USER(), '@', -1)) - 1), '''@''',"
          + " SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')";

  private static final String GRANTED =
      "SELECT '%', DATABASE() FROM information_schema.USER_PRIVILEGES WHERE"
          + ON_COLUMNS
          + " UNION ALL SELECT TABLE_SCHEMA, DATABASE() FROM information_schema.SCHEMA_PRIVILEGES"
          + " WHERE"
          + ON_COLUMNS;

  /**
   * Returns whether the user has a privilege on all columns of a database.
   *
   * @param schema the database; null means the current one
   */
  boolean coverSchema(@Nullable String schema) throws SQLException {
    Grants grants = grants();
    String database = schema == null ? grants.current : schema;
    return database != null && grants.cover(database);
  }

  /** Returns those of the databases on all of whose columns the user has a privilege. */
  Set<String> covered(Collection<String> schemas) throws SQLException {
    Grants grants = grants();
    Set<String> covered = new LinkedHashSet<>();
    for (String schema : schemas) {
      if (grants.cover(schema)) {
        covered.add(schema);
      }
    }
    return covered;
  }

  private Grants grants() throws SQLException {
    Grants grants = new Grants();
    session.forEach(GRANTED, List.of(), grants);
    // MySQL 8.0.16 and later can revoke a global privilege for single databases.
    if (!grants.patterns.isEmpty()
        && "1".equals(session.textOrNull("SELECT @@global.partial_revokes"))) {
      grants.patterns.clear();
    }
    return grants;
  }

  /** The patterns of the databases that a privilege covers. */
  private static final class Grants implements RowConsumer {

    private final List<String> patterns = new ArrayList<>();
    private @Nullable String current;

    @Override
    public void accept(ResultSet row) throws SQLException {
      patterns.add(row.getString(1));
      current = row.getString(2);
    }

    boolean cover(String schema) {
      for (String pattern : patterns) {
        if (Schemas.isLike(schema, pattern)) {
          return true;
        }
      }
      return false;
    }
  }
}
