// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.DatabaseServer;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.GolangMigrateRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.MariaDb;
import dev.schemaguard.testing.MySql;
import dev.schemaguard.testing.RequiresMariaDb;
import dev.schemaguard.testing.RequiresMySql;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests a server that stores the names of tables and databases in lower case and ignores letter
 * case ({@code lower_case_table_names=1}), with a URL that spells the database differently.
 */
@Tag("full")
class IgnoredLetterCaseTest {

  private static final String SETTING = "--lower-case-table-names=1";
  private static final String PATH = "db/changelog/master.xml";
  private static final String LIQUIBASE = PATH + "::1::tester\n";

  @Nested
  @RequiresMariaDb
  class OnMariaDb extends Contract {

    private static DatabaseServer server;

    @BeforeAll
    static void start() {
      server = MariaDb.server(SETTING);
    }

    @AfterAll
    static void remove() {
      server.close();
    }

    @Override
    TestDatabase database() {
      return server.database("Orders");
    }
  }

  @Nested
  @RequiresMySql
  class OnMySql {

    private static DatabaseServer server;

    @BeforeAll
    static void start() {
      server = MySql.server(SETTING);
    }

    @AfterAll
    static void remove() {
      server.close();
    }

    @Nested
    class ByMariaDbsDriver extends Contract {
      @Override
      TestDatabase database() {
        return server.database("Orders");
      }
    }

    @Nested
    class ByMySqlsDriver extends Contract {
      @Override
      TestDatabase database() {
        return MySql.byMySqlDriver(server.database("Orders"));
      }
    }
  }

  abstract static class Contract {

    private TestDatabase database;

    abstract TestDatabase database();

    @BeforeEach
    void create() throws SQLException {
      database = database();
      database.named("").execute("DROP DATABASE IF EXISTS Orders", "CREATE DATABASE Orders");
    }

    @Test
    void aFreshDatabaseIsFresh() {
      for (Tool tool : List.of(Tool.LIQUIBASE, Tool.FLYWAY, Tool.GOLANG_MIGRATE, Tool.AUTO)) {
        MigrationStatus status = check(tool, "1");
        assertThat(status.verdict()).as(status.summary()).isEqualTo(Verdict.UNINITIALIZED);
      }
    }

    @Test
    void itsHistoryIsRead() throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), PATH, "1").update();
      assertThat(check(Tool.AUTO, LIQUIBASE).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void itsOwnEmptyHistoryIsNotInAnotherSchema() throws SQLException {
      LiquibaseRun.ofChangesets(database.dataSource(), PATH, "1").update();
      database.execute("DELETE FROM DATABASECHANGELOG");

      MigrationStatus status = check(Tool.LIQUIBASE, LIQUIBASE);

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.toJson()).doesNotContain("elsewhere", "orders.databasechangelog");
    }

    @Test
    void flywaysLockIsSeen() {
      List<MigrationLock> seen = new ArrayList<>();

      FlywayRun.of(database.dataSource(), "V1__item")
          .working("2", () -> seen.add(lock(Tool.FLYWAY)))
          .migrate();

      assertThat(seen).doesNotContainNull().hasSize(1);
      assertThat(lock(Tool.FLYWAY)).isNull();
    }

    @Test
    void golangMigrateIsSeenToRun() throws SQLException {
      GolangMigrateRun run = new GolangMigrateRun(database, "schema_migrations");
      run.dirty(2);
      try (Connection migration = run.lock("", false)) {
        assertThat(migration.isValid(1)).isTrue();
        assertThat(check(Tool.GOLANG_MIGRATE, "1\n2\n").verdict()).isNotEqualTo(Verdict.FAILED);
        assertThat(lock(Tool.GOLANG_MIGRATE)).isNotNull();
      }
      assertThat(check(Tool.GOLANG_MIGRATE, "1\n2\n").verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void theSessionLockOfLiquibasesExtensionIsSeen() {
      LiquibaseRun run = LiquibaseRun.ofChangesets(database.dataSource(), PATH, "1");
      run.update();
      List<MigrationLock> seen = new ArrayList<>();

      run.lockedBySession(() -> seen.add(lock(Tool.LIQUIBASE)));

      assertThat(seen).doesNotContainNull().hasSize(1);
    }

    private MigrationLock lock(Tool tool) {
      try (SchemaGuard guard = guard(tool, "1\n2\n")) {
        return guard.preflight().status().migrationLock();
      }
    }

    private MigrationStatus check(Tool tool, String chain) {
      try (SchemaGuard guard = guard(tool, chain)) {
        return guard.check();
      }
    }

    private SchemaGuard guard(Tool tool, String chain) {
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt")))
          .tool(tool)
          .environment(variable -> null)
          .build();
    }
  }
}
