// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The schemas of the tenants. */
final class TenantSchemas {

  /** Matches the schemas of all tenants, as SQL's LIKE does. */
  static final String PATTERN = "tenant\\_%";

  private static final String QUERY =
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE ?";

  private final DataSource pool;

  TenantSchemas(DataSource pool) {
    this.pool = pool;
  }

  /**
   * Returns the name of a tenant's schema.
   *
   * @throws IllegalArgumentException if it is not a name of a tenant
   */
  static String of(String tenant) {
    if (!tenant.matches("[a-z0-9]{1,40}")) {
      throw new IllegalArgumentException("a tenant's name has lower-case letters and digits only");
    }
    return "tenant_" + tenant;
  }

  /** Returns the schemas that exist now. */
  List<String> existing() throws SQLException {
    return matching(PATTERN);
  }

  /** Returns whether a schema exists. */
  boolean contains(String schema) throws SQLException {
    return !matching(schema.replace("_", "\\_")).isEmpty();
  }

  private List<String> matching(String pattern) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection connection = pool.getConnection();
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      statement.setString(1, pattern);
      try (ResultSet found = statement.executeQuery()) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
    }
    return names;
  }
}
