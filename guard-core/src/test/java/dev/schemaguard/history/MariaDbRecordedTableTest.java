// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.testing.RequiresMariaDb;

@RequiresMariaDb
class MariaDbRecordedTableTest extends RecordedTableContract {

  MariaDbRecordedTableTest() {
    super(new MariaDbHistoryReaderTest());
  }
}
