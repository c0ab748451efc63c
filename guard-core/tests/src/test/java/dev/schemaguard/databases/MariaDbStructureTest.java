// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;

@RequiresMariaDb
class MariaDbStructureTest extends MySqlStructureContract {

  MariaDbStructureTest() {
    super("mariadb");
  }

  @Override
  TestDatabase database() {
    return MariaDb.database();
  }
}
