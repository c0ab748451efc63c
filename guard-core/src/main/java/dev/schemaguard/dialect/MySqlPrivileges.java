// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.List;
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
    boolean[] covered = {false};
    session.forEach(
        GRANTED,
        List.of(),
        row -> {
          String database = schema == null ? row.getString(2) : schema;
          covered[0] |= database != null && Schemas.isLike(database, row.getString(1));
        });
    // MySQL 8.0.16 and later can revoke a global privilege for single databases.
    return covered[0] && !"1".equals(session.textOrNull("SELECT @@global.partial_revokes"));
  }
}
