// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.testing.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Derby, where a role's schema has its name, and is not there before its first table is. */
class DerbyTest extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  static {
    System.setProperty("derby.database.sqlAuthorization", "true");
    // HikariCP sets it for the whole JVM, and Derby's first start takes longer than its test's pool
    // allows.
    DriverManager.setLoginTimeout(0);
  }

  DerbyTest() {
    super(TestedDatabase.DERBY);
  }

  @Override
  TestDatabase database() {
    return new TestDatabase(
        "jdbc:derby:memory:test" + COUNT.incrementAndGet() + ";create=true", "tester", "tester");
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    fresh.execute();
    return fresh.withUrl(fresh.url().replaceFirst(";.*", "")).as("reader", "reader");
  }

  @Override
  HistoryLocation locationForOthers() {
    return new HistoryLocation("tester", null, null);
  }

  /** The schema that has the role's name is the application's, whatever others hold. */
  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  /** The schema of a role is made with its first table. */
  @Override
  String problemOfOthers() {
    return "GUARD-UNREADABLE-SCHEMA";
  }

  @Test
  void aSchemaWithAnUnderlineIsNotTakenForAnotherOne() throws SQLException {
    TestDatabase database = database();
    database.execute("CREATE SCHEMA A_B", "CREATE SCHEMA AXB", "CREATE TABLE AXB.notes (id INT)");

    assertThat(
            guard(database.dataSource(), Tool.FLYWAY, new HistoryLocation("A_B", null, null), "1")
                .preflight()
                .exitCode())
        .isZero();
  }
}
