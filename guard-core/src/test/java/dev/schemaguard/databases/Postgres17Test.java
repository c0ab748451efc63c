// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

class Postgres17Test extends PostgresReleaseContract {

  Postgres17Test() {
    super(TestedDatabase.POSTGRESQL_17);
  }
}
