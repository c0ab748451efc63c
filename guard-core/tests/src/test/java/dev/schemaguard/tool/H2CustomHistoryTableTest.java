// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class H2CustomHistoryTableTest extends CustomHistoryTableContract {

  H2CustomHistoryTableTest() {
    super(new H2HistoryReaderTest());
  }
}
