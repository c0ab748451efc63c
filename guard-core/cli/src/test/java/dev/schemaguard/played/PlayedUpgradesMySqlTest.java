// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;

/** The same on MySQL. */
@RequiresMySql
class PlayedUpgradesMySqlTest extends PlayedUpgradesContract {

  @Override
  TestDatabase migrated(Release release) {
    TestDatabase database = MySql.byMariaDbDriver(MySql.database());
    release.migrate(database.dataSource(), 1);
    return database;
  }

  @Override
  String dbms() {
    return "mysql";
  }

  @Override
  String product() {
    return "MySQL";
  }
}
