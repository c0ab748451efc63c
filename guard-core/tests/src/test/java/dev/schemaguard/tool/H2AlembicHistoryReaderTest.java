// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

class H2AlembicHistoryReaderTest extends AlembicHistoryContract {

  H2AlembicHistoryReaderTest() {
    super(new H2HistoryReaderTest());
  }
}
