// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;

class PostgresTest extends DatabaseContract {

  PostgresTest() {
    super(TestedDatabase.POSTGRESQL_16);
  }

  @Override
  TestDatabase database() {
    return Postgres.database();
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = Postgres.role("Reader-");
    return fresh.as(role, role);
  }

  @Override
  boolean showsSessionLocks() {
    return true;
  }
}
