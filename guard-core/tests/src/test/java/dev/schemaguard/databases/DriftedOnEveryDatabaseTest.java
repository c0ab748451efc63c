// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.SchemaGuardBuilder;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.TestDatabase;
import dev.schemaguard.testing.WrittenSchemaFile;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/**
 * A column that was dropped by hand, on the products beside PostgreSQL that Flyway migrates here.
 */
class DriftedOnEveryDatabaseTest {

  @Test
  void onH2() throws SQLException {
    assertDriftIsSeen("h2", H2.database());
  }

  @Test
  @RequiresMariaDb
  void onMariaDb() throws SQLException {
    assertDriftIsSeen("mariadb", MariaDb.database());
  }

  private static void assertDriftIsSeen(String dbms, TestDatabase database) throws SQLException {
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY, note varchar(40))")
        .migrate();
    String file = new WrittenSchemaFile(database).update(null).text();
    SchemaGuardBuilder builder =
        SchemaGuard.builder(database.dataSource())
            .matrix(
                CompatibilityMatrix.ofChain(RevisionChain.parse("1\n", "revisions.txt"))
                    .withSchemaFile(dbms, file, "schema.txt"))
            .environment(name -> null);
    try (SchemaGuard guard = builder.build()) {
      MigrationStatus intact = guard.check();
      assertThat(intact.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(intact.notes()).isEmpty();
      assertThat(intact.structure().result()).isEqualTo(Result.INTACT);

      database.execute("ALTER TABLE orders DROP COLUMN note");

      MigrationStatus drifted = guard.check();
      assertThat(drifted.verdict()).isEqualTo(Verdict.DRIFTED);
      assertThat(drifted.structure().missing())
          .singleElement()
          .asString()
          .isEqualToIgnoringCase("orders.note");
    }
  }

  /** MariaDB's catalog shows a role only what it may use. */
  @Test
  @RequiresMariaDb
  void aRoleThatSeesNoColumnsOnMariaDbCannotCompare() throws SQLException {
    TestDatabase database = MariaDb.database();
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY)")
        .migrate();
    String role = "r" + Long.toString(System.nanoTime(), 36);
    database.execute(
        "CREATE USER " + role + " IDENTIFIED BY '" + role + "'",
        "GRANT SELECT ON flyway_schema_history TO " + role);
    try (SchemaGuard guard =
        SchemaGuard.builder(database.as(role, role))
            .matrix(
                CompatibilityMatrix.ofChain(RevisionChain.parse("1\n", "revisions.txt"))
                    .withSchemaFile("mariadb", "table orders\n  id int(11)\n", "schema.txt"))
            .environment(name -> null)
            .build()) {
      MigrationStatus status = guard.check();

      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.structure().result()).isEqualTo(Result.NOT_COMPARABLE);
      assertThat(status.notes())
          .singleElement()
          .asString()
          .contains("the catalog hides tables and columns");
    } finally {
      database.execute("DROP USER " + role);
    }
  }
}
