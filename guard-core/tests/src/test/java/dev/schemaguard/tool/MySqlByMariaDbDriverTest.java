// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;

/** MySQL by MariaDB's driver, which reports the same product. */
class MySqlByMariaDbDriverTest extends MySqlHistoryReaderTest {

  /**
   * Without the schemas of other tests on this server, of which a note would name the first few.
   */
  @Override
  TestDatabase database() {
    TestDatabase database = MySql.byMariaDbDriver(MySql.database());
    try {
      for (String schema :
          database.rows(
              "SELECT SCHEMA_NAME FROM information_schema.SCHEMATA"
                  + " WHERE SCHEMA_NAME LIKE 'orders%'")) {
        database.execute("DROP DATABASE " + schema);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }
}
