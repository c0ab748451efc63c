// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;

@RequiresMariaDb
class MariaDbTenantStructuresTest extends TenantStructuresContract {

  @Override
  TestDatabase fresh() {
    return MariaDb.database();
  }

  @Override
  String prefix() {
    return database().name() + "_";
  }

  @Override
  String dbms() {
    return "mariadb";
  }

  @Override
  String file() {
    return """
        table orders
          amount decimal(10,2) default
          code varchar(40) not null
          id bigint not null identity
          place int not null
          key (id)
          key (place)

        view totals
          amount decimal(32,2)
        """;
  }

  @Override
  String identity() {
    return "AUTO_INCREMENT";
  }

  @Override
  String dropKey(String tenant) {
    return "ALTER TABLE %s.orders DROP INDEX one_place".formatted(tenant);
  }
}
