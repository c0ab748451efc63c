// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class HsqldbTest extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  HsqldbTest() {
    super(TestedDatabase.HSQLDB);
  }

  @Override
  TestDatabase database() {
    return new TestDatabase("jdbc:hsqldb:mem:test" + COUNT.incrementAndGet(), "SA", "");
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    fresh.execute("CREATE USER \"Reader\" PASSWORD 'reader'");
    return fresh.as("Reader", "reader");
  }

  /** It says the same of a table that is not there and of one that the role may not read. */
  @Override
  String problemOfOthers() {
    return "GUARD-UNREADABLE-PERMISSION";
  }

  @Test
  void theOwnerOfASchemaProvesThatItIsFresh() throws SQLException {
    TestDatabase database = database();
    database.execute(
        "CREATE USER \"Reader\" PASSWORD 'reader'",
        "CREATE ROLE OWNERS",
        "GRANT OWNERS TO \"Reader\"",
        "CREATE SCHEMA OURS AUTHORIZATION OWNERS",
        "CREATE SCHEMA THEIRS AUTHORIZATION DBA");

    assertThat(problem(database, "OURS")).isEqualTo("GUARD-UNINITIALIZED");
    assertThat(problem(database, "THEIRS")).isEqualTo("GUARD-UNREADABLE-PERMISSION");
  }

  private static String problem(TestDatabase database, String schema) {
    return guard(
            database.as("Reader", "reader"),
            Tool.FLYWAY,
            new HistoryLocation(schema, null, null),
            "1")
        .check()
        .problem()
        .code();
  }
}
