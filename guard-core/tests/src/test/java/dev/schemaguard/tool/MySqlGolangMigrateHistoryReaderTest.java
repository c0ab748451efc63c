// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.RequiresMySql;

@RequiresMySql
class MySqlGolangMigrateHistoryReaderTest extends GolangMigrateHistoryContract {

  MySqlGolangMigrateHistoryReaderTest() {
    super(new MySqlHistoryReaderTest());
  }
}
