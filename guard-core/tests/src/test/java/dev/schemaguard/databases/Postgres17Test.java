// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import org.junit.jupiter.api.Tag;

@Tag("full")
class Postgres17Test extends PostgresReleaseContract {

  Postgres17Test() {
    super(TestedDatabase.POSTGRESQL_17);
  }
}
