// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

class Postgres18Test extends PostgresReleaseContract {

  Postgres18Test() {
    super(TestedDatabase.POSTGRESQL_18);
  }
}
