// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import org.junit.jupiter.api.Tag;

@Tag("full")
class Postgres15Test extends PostgresReleaseContract {

  Postgres15Test() {
    super(TestedDatabase.POSTGRESQL_15);
  }
}
