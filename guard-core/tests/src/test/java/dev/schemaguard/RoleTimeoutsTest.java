// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits of time that a role, a session or a URL brings, while the history table is locked. */
class RoleTimeoutsTest {

  private static final String PATH = "db/changelog/master.xml";

  @ParameterizedTest
  @ValueSource(strings = {"lock_timeout = '100ms'", "statement_timeout = '200ms'"})
  void aTimeoutOfTheRoleSaysNothingOfTheTable(String limit) throws SQLException {
    TestDatabase database = Postgres.database();
    migrate(database);
    String role = Postgres.role("limited");
    database.execute(
        "GRANT SELECT ON databasechangelog TO " + role, "ALTER ROLE " + role + " SET " + limit);
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE databasechangelog IN ACCESS EXCLUSIVE MODE");

      assertTimeout(check(database.as(role, role)));
    }
    assertThat(check(database.as(role, role)).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aTimeoutWhileTenantsAreListedSaysNothingOfThem() throws SQLException {
    TestDatabase database = Postgres.database();
    String role = Postgres.role("limited");
    database.execute("ALTER ROLE " + role + " SET statement_timeout = '100ms'");

    MigrationStatus status =
        guard(database.as(role, role))
            .tenants(Tenants.schemasFrom("SELECT 'public' FROM pg_sleep(2)"))
            .build()
            .check();

    assertTimeout(status);
  }

  @Test
  @RequiresMariaDb
  void theSameOnMariaDb() throws SQLException {
    TestDatabase database = MariaDb.database();
    migrate(database);
    TestDatabase limited =
        database.withUrl(database.url() + "?sessionVariables=max_statement_time=0.2");
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("LOCK TABLES DATABASECHANGELOG WRITE");

      assertTimeout(check(limited.dataSource()));
    }
  }

  @Test
  @RequiresMySql
  void theSameOnMySql() throws SQLException {
    TestDatabase database = MySql.database();
    migrate(database);
    TestDatabase limited =
        database.withUrl(database.url() + "&sessionVariables=max_execution_time=200");
    try (Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      lock.execute("LOCK TABLES DATABASECHANGELOG WRITE");

      assertTimeout(check(limited.dataSource()));
    }
  }

  private static void migrate(TestDatabase database) {
    LiquibaseRun.ofChangesets(database.dataSource(), PATH, "a").update();
  }

  private static void assertTimeout(MigrationStatus status) {
    assertThat(status.problem().code()).isEqualTo("GUARD-UNREACHABLE-TIMEOUT");
    assertThat(status.problem().actions().get(0)).contains("holds the history table locked");
  }

  private static MigrationStatus check(DataSource dataSource) {
    return guard(dataSource).build().check();
  }

  private static SchemaGuardBuilder guard(DataSource dataSource) {
    return SchemaGuard.builder(dataSource)
        .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(PATH + "::a::tester\n", "chain")))
        .environment(variable -> null);
  }
}
