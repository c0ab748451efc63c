// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class PostgresGolangMigrateHistoryReaderTest extends GolangMigrateHistoryContract {

  PostgresGolangMigrateHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
