// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.testing.Firebird;
import dev.schemaguard.testing.RequiresFirebird;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Firebird, which has no schemas. */
@RequiresFirebird
class FirebirdTest extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  FirebirdTest() {
    super(TestedDatabase.FIREBIRD);
  }

  @Override
  TestDatabase database() {
    return Firebird.database();
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = "reader" + COUNT.incrementAndGet();
    fresh.execute("CREATE USER " + role + " PASSWORD 'reader'");
    return fresh.as(role, "reader");
  }

  @Override
  boolean schemasBelongTogether() {
    return false;
  }

  @Test
  void aSchemaThatIsNamedIsAnErrorWithAWayOut() throws SQLException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(Tool.LIQUIBASE, database);
    for (HistoryLocation named : new HistoryLocation[] {schema("PUBLIC"), schema("SYSDBA")}) {
      MigrationStatus status =
          guard(database.dataSource(), Tool.LIQUIBASE, named, run.chain(1)).check();

      assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-SCHEMA");
      assertThat(status.problem().why()).contains("this database has no schemas");
      assertThat(status.problem().actions())
          .containsExactly("remove the setting schema (--schema)");
    }
    run.at(1);
    assertThat(check(Tool.LIQUIBASE, database, run.chain(1)).verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  private static HistoryLocation schema(String name) {
    return new HistoryLocation(name, null, null);
  }

  private static MigrationStatus check(Tool tool, TestDatabase database, String chain) {
    return guard(database.dataSource(), tool, HistoryLocation.DEFAULT, chain).check();
  }

  @Test
  void itsTenantsAreNoSchemas() {
    TestDatabase database = database();
    SchemaGuard guard =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("1", "revisions.txt")))
            .tool(Tool.FLYWAY)
            .tenants(Tenants.schemas("%"))
            .environment(variable -> null)
            .build();

    assertThatThrownBy(guard::check)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("this database has no schemas");
  }

  @Test
  void aHistoryUnderAnotherNameIsFound() throws SQLException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(Tool.FLYWAY, database);
    run.flyway(2).table("our_history").migrate();

    MigrationStatus status = check(Tool.AUTO, database, "1\n2");

    assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-ELSEWHERE");
    assertThat(status.problem().why())
        .startsWith("the database has no ")
        .contains("our_history (flyway) may be this application's")
        .doesNotContain("in schema", "schema null");
    assertThat(status.problem().actions().get(0)).contains("--table our_history");
    assertThat(
            guard(
                    database.dataSource(),
                    Tool.AUTO,
                    new HistoryLocation(null, "our_history", null),
                    "1\n2")
                .check()
                .verdict())
        .isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void twoHistoriesAreNoAnswer() throws SQLException {
    TestDatabase database = database();
    new ToolRun(Tool.FLYWAY, database).at(1);
    new ToolRun(Tool.GOLANG_MIGRATE, database).at(1);

    MigrationStatus status = check(Tool.AUTO, database, "1");

    assertThat(status.problem().code()).isEqualTo("GUARD-UNREADABLE-TOOL");
    assertThat(status.problem().why()).startsWith("the database has flyway_schema_history");
  }

  @Test
  void aReadOnlyDatabaseTakesNoMigration() throws SQLException, IOException {
    TestDatabase database = database();
    ToolRun run = new ToolRun(Tool.LIQUIBASE, database);
    run.at(1);
    Firebird.makeReadOnly(database);

    Preflight preflight =
        guard(database.dataSource(), Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(2))
            .preflight();
    assertThat(preflight.exitCode()).as(preflight.toString()).isEqualTo(13);
    assertThat(preflight.reason()).contains("read-only mode");
    assertThat(
            guard(database.dataSource(), Tool.LIQUIBASE, HistoryLocation.DEFAULT, run.chain(1))
                .preflight()
                .exitCode())
        .isZero();
  }

  @Test
  void aRefusedConnectionIsExplained() {
    TestDatabase database = database();

    assertThat(problem(database.as("SYSDBA", "wrong"))).isEqualTo("GUARD-UNREACHABLE-LOGIN");
    assertThat(problem(Firebird.of("nowhere.fdb").dataSource()))
        .isEqualTo("GUARD-UNREACHABLE-FILE");
    assertThat(problem(SimpleDataSource.of("jdbc:firebirdsql://localhost:1/x", "SYSDBA", "x")))
        .isEqualTo("GUARD-UNREACHABLE");
  }

  private static String problem(DataSource dataSource) {
    return guard(dataSource, Tool.AUTO, HistoryLocation.DEFAULT, "1").check().problem().code();
  }

  @Test
  void theApplicationsTransactionStaysAsItIs() throws SQLException {
    TestDatabase database = database();
    database.execute("CREATE TABLE notes (id INT)");
    try (Connection shared = database.dataSource().getConnection();
        Statement statement = shared.createStatement()) {
      shared.setAutoCommit(false);
      statement.execute("INSERT INTO notes VALUES (1)");

      assertThat(problem(SharedConnection.dataSource(shared))).isEqualTo("GUARD-UNINITIALIZED");

      shared.rollback();
    }
    assertThat(database.value("SELECT COUNT(*) FROM notes")).isEqualTo("0");
  }
}
