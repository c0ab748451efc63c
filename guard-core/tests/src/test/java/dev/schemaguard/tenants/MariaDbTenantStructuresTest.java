// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;

@RequiresMariaDb
class MariaDbTenantStructuresTest extends MySqlSyntaxTenantStructures {

  @Override
  TestDatabase fresh() {
    return MariaDb.database();
  }

  @Override
  String dbms() {
    return "mariadb";
  }
}
