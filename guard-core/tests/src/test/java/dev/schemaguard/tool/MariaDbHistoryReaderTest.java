// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import javax.sql.DataSource;

@RequiresMariaDb
class MariaDbHistoryReaderTest extends HistoryReaderContract {

  @Override
  TestDatabase database() {
    return MariaDb.database();
  }

  @Override
  String currentSchema(TestDatabase fresh) {
    return fresh.url().replaceFirst(".*/", "");
  }

  @Override
  String folded(String name) {
    return name;
  }

  @Override
  String quoted(String name) {
    return '`' + name + '`';
  }

  /** A schema is a database here, and another database is another application's. */
  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  @Override
  void makeNullable(String table, String column, String type) {
    execute("ALTER TABLE " + table + " MODIFY " + column + " " + type + " NULL");
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = "reader-" + currentSchema(fresh);
    fresh.execute(
        "CREATE TABLE public_notes (id INT)",
        "CREATE USER `%s`@`%%` IDENTIFIED BY 'reader'".formatted(role),
        "GRANT SELECT ON public_notes TO `%s`@`%%`".formatted(role));
    return fresh.as(role, "reader");
  }
}
