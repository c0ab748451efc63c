// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.sql.SQLException;
import java.util.List;

/**
 * The schemas of tenants in one database. Real Liquibase writes one history, in the current schema;
 * each tenant has a copy of it.
 */
public record TenantSchemas(TestDatabase database) {

  /** A database in which all changesets of the sample application are recorded, and no tenant. */
  public static TenantSchemas in(TestDatabase database) {
    Statewave.update(database.dataSource(), Statewave.REVISIONS);
    return new TenantSchemas(database);
  }

  /** The same with tenants that are up to date. */
  public TenantSchemas with(String... tenants) throws SQLException {
    for (String tenant : tenants) {
      database.execute("CREATE SCHEMA \"%s\"".formatted(tenant));
      for (String table : List.of("DATABASECHANGELOG", "DATABASECHANGELOGLOCK")) {
        database.execute(
            "CREATE TABLE \"%s\".%s AS SELECT * FROM %s".formatted(tenant, table, table));
      }
    }
    return this;
  }

  /** Takes the last {@code revisions} out of a tenant's history. */
  public TenantSchemas behind(String tenant, int revisions) throws SQLException {
    database.execute(
        "DELETE FROM \"%s\".DATABASECHANGELOG WHERE ORDEREXECUTED > %d"
            .formatted(tenant, Statewave.REVISIONS - revisions));
    return this;
  }

  /** Records a tenant's last revision as failed. */
  public TenantSchemas failed(String tenant) throws SQLException {
    database.execute(
        "UPDATE \"%s\".DATABASECHANGELOG SET EXECTYPE = 'FAILED' WHERE ORDEREXECUTED = %d"
            .formatted(tenant, Statewave.REVISIONS));
    return this;
  }
}
