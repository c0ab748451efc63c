// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check.tenants;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.Dialect;
import dev.schemaguard.dialect.Schemas;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.tenants.Tenants;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks up the tenants that are schemas of one database.
 *
 * @param session the session on that database
 * @param mayBeNone whether there need not be any, because the application creates the schemas later
 */
record TenantSchemas(DatabaseSession session, boolean mayBeNone) {

  private static final int SHOWN = 10;

  /**
   * Returns the names of the schemas, without duplicates.
   *
   * @throws ConfigurationException if there are none and there must be some, or if the database has
   *     no schemas
   * @throws SQLException if the database refuses
   */
  List<String> names(Tenants tenants) throws SQLException {
    if (tenants instanceof Tenants.Matching matching) {
      return matching(matching.patterns());
    }
    if (tenants instanceof Tenants.Queried queried) {
      return queried(queried.query());
    }
    throw new IllegalArgumentException("tenants with databases of their own: " + tenants);
  }

  private List<String> matching(List<String> patterns) throws SQLException {
    List<String> all = Schemas.of(session);
    if (all.contains(Dialect.NO_SCHEMAS)) {
      throw new ConfigurationException(
          "schemas",
          "this database has no schemas, so its tenants cannot be schemas",
          "Remove the setting, or check one database per tenant (Tenants.databases in Java).");
    }
    Set<String> names = new LinkedHashSet<>();
    for (String pattern : patterns) {
      List<String> matching = Schemas.matching(all, pattern);
      if (matching.isEmpty() && !mayBeNone) {
        throw new ConfigurationException(
            "schemas",
            "no schema matches '" + pattern + "'",
            "Correct the pattern, or create the tenant first; there are "
                + String.join(", ", all.subList(0, Math.min(SHOWN, all.size())))
                + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more." : "."));
      }
      names.addAll(matching);
    }
    return new ArrayList<>(names);
  }

  private List<String> queried(String query) throws SQLException {
    Set<String> names = new LinkedHashSet<>();
    session.forEachReadOnly(
        query,
        row -> {
          String name = row.getString(1);
          if (name == null || name.isBlank()) {
            throw new ConfigurationException(
                "schemas-from",
                "a row of '" + query + "' names no schema",
                "Leave such rows out of the query, or name their schemas.");
          }
          names.add(name);
        });
    if (names.isEmpty() && !mayBeNone) {
      throw new ConfigurationException(
          "schemas-from",
          "'" + query + "' yields no schema",
          "Correct the query, or create a tenant first.");
    }
    return new ArrayList<>(names);
  }
}
