// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.RequiresMariaDb;

@RequiresMariaDb
class MariaDbAlembicHistoryReaderTest extends AlembicHistoryContract {

  MariaDbAlembicHistoryReaderTest() {
    super(new MariaDbHistoryReaderTest());
  }
}
