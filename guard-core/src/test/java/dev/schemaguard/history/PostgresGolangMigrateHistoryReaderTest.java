// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

class PostgresGolangMigrateHistoryReaderTest extends GolangMigrateHistoryContract {

  PostgresGolangMigrateHistoryReaderTest() {
    super(new PostgresHistoryReaderTest());
  }
}
