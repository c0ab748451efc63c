// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresMySql
class MySqlTenantStructuresTest extends MySqlSyntaxTenantStructures {

  @Override
  TestDatabase fresh() {
    return MySql.database();
  }

  @Override
  String dbms() {
    return "mysql";
  }

  /**
   * A schema of which the user sees only a part looks like one that lacks the rest, and is not
   * compared in its place.
   */
  @Test
  void thatHideColumnsFromTheUserAreNotTakenForOthers() throws SQLException {
    String user = prefix() + "u";
    database().execute("CREATE USER '%1$s' IDENTIFIED BY '%1$s'".formatted(user));
    for (int i = 0; i < 3; i++) {
      for (String table : List.of("flyway_schema_history", "orders")) {
        database().execute("GRANT SELECT ON %s.%s TO '%s'".formatted(tenant(i), table, user));
      }
    }
    for (int i = 3; i < 30; i++) {
      database().execute("GRANT SELECT ON %s.* TO '%s'".formatted(tenant(i), user));
    }
    database().execute("DROP VIEW %s.totals".formatted(tenant(5)));

    TenantsStatus tenants = guard(MySql.of(tenant(3)).as(user, user)).check().tenants();

    assertThat(tenants.byVerdict())
        .containsEntry(Verdict.DRIFTED, 1)
        .containsEntry(Verdict.UP_TO_DATE, 29);
    assertThat(tenants.worst()).extracting(TenantStatus::tenant).contains(tenant(5));
  }
}
