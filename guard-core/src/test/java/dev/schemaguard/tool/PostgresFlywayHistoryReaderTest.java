// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class PostgresFlywayHistoryReaderTest extends FlywayHistoryContract {

  PostgresFlywayHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
