// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class H2FlywayHistoryReaderTest extends FlywayHistoryContract {

  H2FlywayHistoryReaderTest() {
    super(new H2HistoryReaderTest());
  }
}
