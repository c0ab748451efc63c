// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.SharedConnection;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one SELECT on the catalog: when it is sent, and what follows if it has no answer. */
class ComparedCatalogTest {

  private static final String FILE = "table orders\n  id integer not null\n  key (id)\n";

  private final TestDatabase database = Postgres.database();

  @BeforeEach
  void migrate() {
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY)")
        .migrate();
  }

  private static SchemaGuardBuilder builder(DataSource dataSource, String chain) {
    return SchemaGuard.builder(dataSource)
        .matrix(
            CompatibilityMatrix.ofChain(RevisionChain.parse(chain, "revisions.txt"))
                .withSchemaFile("postgresql", FILE, "schema.postgresql.txt"))
        .environment(name -> null);
  }

  private static MigrationStatus check(DataSource dataSource) {
    try (SchemaGuard guard = builder(dataSource, "1\n").timeout(Duration.ofMillis(1500)).build()) {
      return guard.check();
    }
  }

  private static void assertHistoryStands(MigrationStatus status, String reason) {
    assertThat(status.error()).isNull();
    assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
    assertThat(status.structure()).isNotNull();
    assertThat(status.structure().result()).isEqualTo(Result.NOT_COMPARABLE);
    assertThat(status.notes())
        .singleElement()
        .asString()
        .startsWith("the schema was not compared with its schema file: " + reason);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCatalogThatDoesNotAnswerLeavesTheHistorysVerdict(boolean autoCommit) throws SQLException {
    try (Connection used = database.dataSource().getConnection();
        Connection other = database.dataSource().getConnection();
        Statement lock = other.createStatement()) {
      DataSource one = SharedConnection.dataSource(used);
      // What the history's SELECT needs of the catalog is known to this session afterwards.
      used.setAutoCommit(autoCommit);
      for (int i = 0; i < 2; i++) {
        assertThat(check(one).structure().result()).isEqualTo(Result.INTACT);
      }
      other.setAutoCommit(false);
      lock.execute("LOCK TABLE pg_catalog.pg_index IN ACCESS EXCLUSIVE MODE");

      MigrationStatus status = check(one);

      assertHistoryStands(status, "the catalog did not answer within ");
      assertThat(status.duration()).isLessThan(Duration.ofMillis(1400));
      other.rollback();
      assertThat(check(one).structure().result()).isEqualTo(Result.INTACT);
      assertThat(used.getAutoCommit()).isEqualTo(autoCommit);
    }
  }

  @Test
  void aTransactionOfTheApplicationOutlivesACatalogThatRefuses() throws SQLException {
    String role = reader();
    database.execute(
        "REVOKE SELECT ON pg_catalog.pg_index FROM PUBLIC", "GRANT SELECT ON orders TO " + role);
    try (Connection used = database.as(role, role).getConnection();
        Statement statement = used.createStatement()) {
      used.setAutoCommit(false);
      statement.execute("SELECT set_config('app.user', 'ann', true)");

      MigrationStatus status = check(SharedConnection.dataSource(used));

      assertHistoryStands(status, "the catalog cannot be read: ");
      try (var row = statement.executeQuery("SELECT current_setting('app.user')")) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("ann");
      }
    }
  }

  @Test
  void aRoleThatMayReadNothingButTheHistorySeesEverything() throws SQLException {
    String role = reader();

    MigrationStatus status = check(database.as(role, role));

    assertThat(status.structure().result()).isEqualTo(Result.INTACT);
    database.execute("ALTER TABLE orders DROP CONSTRAINT orders_pkey");
    assertThat(check(database.as(role, role)).verdict()).isEqualTo(Verdict.DRIFTED);
  }

  @Test
  void theTablesMayBeInAnotherSchemaThanTheHistory() throws SQLException {
    database.execute("CREATE SCHEMA ledger", "ALTER TABLE flyway_schema_history SET SCHEMA ledger");

    try (SchemaGuard guard =
        builder(database.dataSource(), "1\n")
            .history(new HistoryLocation("ledger", null, null))
            .build()) {
      assertThat(guard.check().structure().result()).isEqualTo(Result.INTACT);

      database.execute("ALTER TABLE orders RENAME COLUMN id TO number");

      assertThat(guard.check().structure().missing()).contains("orders.id");
    }
  }

  private String reader() throws SQLException {
    String role = Postgres.role("reader");
    database.execute("GRANT SELECT ON flyway_schema_history TO " + role);
    return role;
  }

  @Test
  void aCheckSendsOneStatementMoreAndARefreshNone() {
    RecordingDataSource recorded = new RecordingDataSource(database.dataSource());
    StatusRefresh refresh = new StatusRefresh(builder(recorded.dataSource(), "1\n"));
    assertThat(recorded.takeCalls()).filteredOn(ComparedCatalogTest::isComparison).hasSize(1);

    assertThat(refresh.foundNothingNew()).isTrue();

    assertThat(recorded.takeCalls()).isNotEmpty().noneMatch(ComparedCatalogTest::isComparison);
  }

  private static boolean isComparison(String sql) {
    return sql.contains("pg_attribute") && sql.contains("pg_index");
  }

  @Test
  void nothingIsComparedWhileSomethingRequiredIsMissing() {
    RecordingDataSource recorded = new RecordingDataSource(database.dataSource());
    try (SchemaGuard guard = builder(recorded.dataSource(), "1\n2\n").build()) {
      MigrationStatus status = guard.check();

      assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(status.structure()).isNull();
      assertThat(recorded.takeCalls()).noneMatch(ComparedCatalogTest::isComparison);
    }
  }
}
