// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class PostgresAutoHistoryReaderTest extends AutoHistoryContract {

  PostgresAutoHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
