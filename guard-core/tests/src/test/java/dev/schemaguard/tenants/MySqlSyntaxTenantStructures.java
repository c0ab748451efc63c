// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tenants;

/** The tenants of MySQL and MariaDB, which are databases with tables in the same syntax. */
abstract class MySqlSyntaxTenantStructures extends TenantStructuresContract {

  @Override
  String prefix() {
    return database().name() + "_";
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
