// SPDX-License-Identifier: Apache-2.0
package com.example.orders;

import dev.schemaguard.build.SchemaFiles;
import org.junit.jupiter.api.Test;

class SchemaGuardFilesTest {

  /** Writes schema-guard/revisions.txt, and fails in CI if it is not up to date. */
  @Test
  void areCurrent() {
    SchemaFiles.flyway("db/migration").verify();
  }
}
