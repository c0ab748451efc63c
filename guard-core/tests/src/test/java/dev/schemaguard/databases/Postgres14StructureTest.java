// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import org.junit.jupiter.api.Tag;

@Tag("full")
class Postgres14StructureTest extends PostgresReleaseStructureContract {

  Postgres14StructureTest() {
    super(TestedDatabase.POSTGRESQL_14);
  }
}
