// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;

class PostgresOlderVersionTest extends OlderVersionContract {

  @Override
  TestDatabase database() {
    return Postgres.database();
  }

  @Override
  String requireLegacy() {
    return "ALTER TABLE orders ALTER COLUMN legacy SET NOT NULL";
  }
}
