// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import javax.sql.DataSource;

@RequiresMariaDb
class MariaDbTenantsTest extends TenantsContract {

  @Override
  TestDatabase freshDatabase() {
    return MariaDb.database();
  }

  @Override
  DataSource inSchema(TestDatabase in, String schema) {
    return MariaDb.of(schema).dataSource();
  }
}
