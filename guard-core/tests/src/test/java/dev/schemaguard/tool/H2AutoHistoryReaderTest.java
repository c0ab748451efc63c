// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class H2AutoHistoryReaderTest extends AutoHistoryContract {

  H2AutoHistoryReaderTest() {
    super(new H2HistoryReaderTest());
  }
}
