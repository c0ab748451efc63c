// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tenants.Tenants;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the query that lists tenants with a database each.
 *
 * @param session the session on the database that is queried
 * @param mayBeNone whether there need not be any, because the application creates them later
 */
record ListedDatabases(DatabaseSession session, boolean mayBeNone) {

  private static final String SETTING = "databases-from";

  /**
   * Returns the rows by the tenants' names, which are in the first column. A row has its values by
   * the names of the columns in lower case, without those that are null.
   *
   * @throws ConfigurationException if there is none and there must be one, or if a name is missing
   *     or occurs twice
   * @throws SQLException if the database refuses
   */
  Map<String, Map<String, String>> rows(Tenants.QueriedDatabases tenants) throws SQLException {
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    session.forEachReadOnly(
        tenants.query(),
        row -> {
          String name = row.getString(1);
          if (name == null || name.isBlank()) {
            throw error(
                tenants, "a row of '%s' names no tenant", "Leave such rows out of the query.");
          }
          if (rows.put(name.strip(), values(row)) != null) {
            throw error(
                tenants,
                "'%s' names the tenant '" + name.strip() + "' twice",
                "Select every tenant once, or give its databases different names.");
          }
        });
    if (rows.isEmpty() && !mayBeNone) {
      throw error(
          tenants, "'%s' yields no database", "Correct the query, or create a tenant first.");
    }
    return rows;
  }

  private static Map<String, String> values(ResultSet row) throws SQLException {
    ResultSetMetaData columns = row.getMetaData();
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      String value = row.getString(i);
      if (value != null) {
        values.put(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), value);
      }
    }
    return values;
  }

  private static ConfigurationException error(
      Tenants.QueriedDatabases tenants, String reason, String remedy) {
    return new ConfigurationException(SETTING, reason.replace("%s", tenants.query()), remedy);
  }
}
