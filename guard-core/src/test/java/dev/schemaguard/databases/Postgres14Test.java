// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

class Postgres14Test extends PostgresReleaseContract {

  Postgres14Test() {
    super(TestedDatabase.POSTGRESQL_14);
  }
}
