// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import org.junit.jupiter.api.Tag;

@Tag("full")
class Postgres18Test extends PostgresReleaseContract {

  Postgres18Test() {
    super(TestedDatabase.POSTGRESQL_18);
  }
}
