// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;

@RequiresMariaDb
class MariaDbOlderVersionTest extends OlderVersionContract {

  @Override
  TestDatabase database() {
    return MariaDb.database();
  }

  @Override
  String requireLegacy() {
    return "ALTER TABLE orders MODIFY COLUMN legacy varchar(20) NOT NULL";
  }
}
