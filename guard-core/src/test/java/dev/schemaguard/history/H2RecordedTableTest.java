// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

class H2RecordedTableTest extends RecordedTableContract {

  H2RecordedTableTest() {
    super(new H2HistoryReaderTest());
  }
}
