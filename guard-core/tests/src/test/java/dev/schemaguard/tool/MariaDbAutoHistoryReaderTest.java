// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.RequiresMariaDb;

@RequiresMariaDb
class MariaDbAutoHistoryReaderTest extends AutoHistoryContract {

  MariaDbAutoHistoryReaderTest() {
    super(new MariaDbHistoryReaderTest());
  }
}
