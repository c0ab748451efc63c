// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;

@Tag("full")
class PostgresTenantsTest extends TenantsContract {

  @Override
  TestDatabase freshDatabase() {
    return Postgres.database();
  }

  @Override
  DataSource inSchema(TestDatabase in, String schema) {
    return in.withUrl(in.url() + "?currentSchema=" + schema).dataSource();
  }
}
