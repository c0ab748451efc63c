// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.RequiresMySql;

@RequiresMySql
class MySqlAutoHistoryReaderTest extends AutoHistoryContract {

  MySqlAutoHistoryReaderTest() {
    super(new MySqlHistoryReaderTest());
  }
}
