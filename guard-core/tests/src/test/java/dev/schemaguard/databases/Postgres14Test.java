// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import org.junit.jupiter.api.Tag;

@Tag("full")
class Postgres14Test extends PostgresReleaseContract {

  Postgres14Test() {
    super(TestedDatabase.POSTGRESQL_14);
  }
}
