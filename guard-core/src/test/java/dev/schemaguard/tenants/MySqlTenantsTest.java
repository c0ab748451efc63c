// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import javax.sql.DataSource;

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
}
