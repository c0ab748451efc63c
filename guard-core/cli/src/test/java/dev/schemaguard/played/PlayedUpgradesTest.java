// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;

/** Generated upgrades on PostgreSQL. */
class PlayedUpgradesTest extends PlayedUpgradesContract {

  private TestDatabase template;

  @Override
  TestDatabase migrated(Release release) {
    if (template == null) {
      template = Postgres.database();
      release.migrate(template.dataSource(), 1);
    }
    return Postgres.copy(template);
  }

  @Override
  String dbms() {
    return "postgresql";
  }

  @Override
  String product() {
    return "PostgreSQL";
  }
}
