// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import org.junit.jupiter.api.Tag;

@Tag("full")
class PostgresAlembicHistoryReaderTest extends AlembicHistoryContract {

  PostgresAlembicHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
