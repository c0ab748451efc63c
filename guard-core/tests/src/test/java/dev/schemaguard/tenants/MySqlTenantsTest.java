// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@RequiresMySql
class MySqlTenantsTest extends TenantsContract {

  @Override
  TestDatabase freshDatabase() {
    return MySql.database();
  }

  @Override
  DataSource inSchema(TestDatabase in, String schema) {
    return MySql.of(schema).dataSource();
  }

  /** What is unusual in some schemas, or hidden from the user, is found out one by one. */
  @Test
  void thatAreReadTogetherGetTheVerdictThatEachGetsAlone() throws SQLException {
    TestDatabase database = MySql.database();
    String prefix = database.name() + "_";
    String user = database.name() + "u";
    database.execute("CREATE USER '%1$s' IDENTIFIED BY '%1$s'".formatted(user));
    List<String> unusual =
        List.of(
            "",
            "DELETE FROM flyway_schema_history",
            "DROP TABLE flyway_schema_history",
            "DELETE FROM flyway_schema_history WHERE version = '2'",
            "UPDATE flyway_schema_history SET success = false WHERE version = '2'",
            "RENAME TABLE flyway_schema_history TO kept;"
                + "CREATE VIEW flyway_schema_history AS SELECT * FROM kept",
            "ALTER TABLE flyway_schema_history DROP COLUMN success",
            "ALTER TABLE flyway_schema_history CONVERT TO CHARACTER SET latin1",
            "ALTER TABLE flyway_schema_history CONVERT TO CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)",
            "INSERT INTO flyway_schema_history VALUES"
                + " (3, '3', 'c', 'SQL', 'V3__c.sql', 1, 'a', now(), 1, true)");
    for (int i = 0; i <= unusual.size(); i++) {
      String schema = prefix + i;
      database.execute("CREATE DATABASE " + schema);
      TestDatabase tenant = MySql.of(schema);
      tenant.execute(
          "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version varchar(50),"
              + " description varchar(200), type varchar(20), script varchar(1000), checksum int,"
              + " installed_by varchar(100), installed_on timestamp DEFAULT now(),"
              + " execution_time int, success boolean)",
          "INSERT INTO flyway_schema_history VALUES"
              + " (1, '1', 'a', 'SQL', 'V1__a.sql', 1, 'a', now(), 1, true),"
              + " (2, '2', 'b', 'SQL', 'V2__b.sql', 1, 'a', now(), 1, true)");
      if (i < unusual.size()) {
        for (String sql : unusual.get(i).split(";", -1)) {
          if (!sql.isEmpty()) {
            tenant.execute(sql);
          }
        }
        database.execute("GRANT SELECT ON %s.* TO '%s'".formatted(schema, user));
      } else {
        database.execute(
            "GRANT INSERT ON %s.flyway_schema_history TO '%s'".formatted(schema, user));
      }
    }

    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(RevisionChain.parse("1\n2\n", "revisions.txt"));
    TenantsStatus together =
        SchemaGuard.builder(MySql.of(prefix + "0").as(user, user))
            .matrix(matrix)
            .tenants(Tenants.schemas(prefix + "%"))
            .build()
            .check()
            .tenants();

    Map<Verdict, Integer> alone = new EnumMap<>(Verdict.class);
    for (int i = 0; i <= unusual.size(); i++) {
      SchemaGuard one =
          SchemaGuard.builder(MySql.of(prefix + i).as(user, user)).matrix(matrix).build();
      alone.merge(one.check().verdict(), 1, Integer::sum);
    }
    assertThat(together.byVerdict()).isEqualTo(alone);
    assertThat(alone).hasSizeGreaterThan(5);
  }
}
