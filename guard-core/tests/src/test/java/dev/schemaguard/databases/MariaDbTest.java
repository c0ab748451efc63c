// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;

@RequiresMariaDb
class MariaDbTest extends DatabaseContract {

  MariaDbTest() {
    super(TestedDatabase.MARIADB);
  }

  @Override
  TestDatabase database() {
    return MariaDb.database();
  }

  @Override
  boolean showsSessionLocks() {
    return true;
  }

  /** A schema is a database here, and another database is another application's. */
  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  /** It denies a table that the role has no right on, whether it is there or not. */
  @Override
  String problemOfOthers() {
    return "GUARD-UNREADABLE-PERMISSION";
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String name = fresh.url().replaceFirst(".*/", "");
    String role = "role-" + name;
    fresh.execute(
        "CREATE USER `%s`@`%%` IDENTIFIED BY 'reader'".formatted(role),
        "GRANT EXECUTE ON `%s`.* TO `%s`@`%%`".formatted(name, role));
    return fresh.as(role, "reader");
  }
}
