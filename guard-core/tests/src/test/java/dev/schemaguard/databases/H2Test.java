// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;

class H2Test extends DatabaseContract {

  H2Test() {
    super(TestedDatabase.H2);
  }

  @Override
  TestDatabase database() {
    return H2.database();
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    fresh.execute("CREATE USER reader PASSWORD 'reader'");
    // Only an administrator may say when the database closes.
    return fresh.withUrl(fresh.url().replaceFirst(";.*", "")).as("reader", "reader");
  }
}
