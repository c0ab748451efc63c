// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;

class H2HistoryReaderTest extends HistoryReaderContract {

  @Override
  TestDatabase database() {
    return H2.database();
  }

  @Override
  String currentSchema(TestDatabase fresh) {
    return "PUBLIC";
  }

  @Override
  String folded(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    fresh.execute("CREATE USER reader PASSWORD 'reader'");
    // Only an administrator may say when the database closes.
    return fresh.withUrl(fresh.url().replaceFirst(";.*", "")).as("reader", "reader");
  }

  @Override
  boolean showsLocks() {
    return false;
  }
}
