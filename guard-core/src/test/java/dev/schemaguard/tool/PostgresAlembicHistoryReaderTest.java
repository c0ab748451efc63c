// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class PostgresAlembicHistoryReaderTest extends AlembicHistoryContract {

  PostgresAlembicHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
