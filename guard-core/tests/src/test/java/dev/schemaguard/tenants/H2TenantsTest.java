// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.util.Locale;
import javax.sql.DataSource;

class H2TenantsTest extends TenantsContract {

  @Override
  TestDatabase freshDatabase() {
    return H2.database();
  }

  @Override
  DataSource inSchema(TestDatabase in, String schema) {
    return in.withUrl(in.url() + ";SCHEMA=" + schema).dataSource();
  }

  @Override
  String asStored(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
