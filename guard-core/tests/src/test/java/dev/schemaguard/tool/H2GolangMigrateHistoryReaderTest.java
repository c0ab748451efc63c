// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class H2GolangMigrateHistoryReaderTest extends GolangMigrateHistoryContract {

  H2GolangMigrateHistoryReaderTest() {
    super(new H2HistoryReaderTest());
  }
}
