// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RecordingDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A schema holds tables, and the history of migrations is gone or was never there. */
class TablesWithoutHistoryTest {

  private static final String ROW = "| App version | Expected |\n|---|---|\n| 1.0.0 | 2 |\n";
  private static final String CHANGELOG = "1\n2\n";

  private final TestDatabase database = Postgres.database();

  private SchemaGuard guard(String settings, Tool tool) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(
            CompatibilityMatrix.parse(
                settings + ROW, RevisionChain.parse(CHANGELOG, "revisions.txt")))
        .applicationVersion("1.0.0")
        .tool(tool)
        .environment(variable -> null)
        .build();
  }

  private MigrationStatus check(Tool tool) {
    try (SchemaGuard guard = guard("", tool)) {
      return guard.check();
    }
  }

  private static String firstAction(MigrationStatus status) {
    return Objects.requireNonNull(status.problem()).actions().get(0);
  }

  private LiquibaseRun liquibase() {
    return LiquibaseRun.ofXml(
        database.dataSource(),
        "db/master.xml",
        """
        <changeSet id="1" author="ann"><createTable tableName="item">
          <column name="id" type="int"/></createTable></changeSet>
        <changeSet id="2" author="ann"><createTable tableName="price">
          <column name="id" type="int"/></createTable></changeSet>
        """);
  }

  @Nested
  class OfLiquibase {

    @Test
    void isNoEmptyDatabaseAndTheFirstAdviceIsNotToMigrate() throws Exception {
      liquibase().update();
      database.execute("DROP TABLE databasechangelog", "DROP TABLE databasechangeloglock");

      for (Tool tool : new Tool[] {Tool.AUTO, Tool.LIQUIBASE}) {
        MigrationStatus status = check(tool);

        assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
        assertThat(status.summary()).isEqualTo("Fresh database; 2 pending migration(s): none → 2");
        Problem problem = Objects.requireNonNull(status.problem());
        assertThat(problem.title())
            .isEqualTo("The database has tables but no history of migrations");
        assertThat(problem.why()).endsWith("the schema is not empty: it has item, price");
        assertThat(problem.actions().get(0)).startsWith("run no migration here");
      }
    }

    @Test
    void preflightSaysTheSameFirst() throws Exception {
      database.execute("CREATE TABLE item (id int)");

      try (SchemaGuard guard = guard("", Tool.LIQUIBASE)) {
        Preflight preflight = guard.preflight();

        assertThat(preflight.exitCode()).isEqualTo(7);
        assertThat(firstAction(preflight.status())).startsWith("run no migration here");
      }
    }

    @Test
    void followedTheChangesetsOfTheTablesAreRecordedOneByOne() throws Exception {
      liquibase().update(1);
      database.execute("DROP TABLE databasechangelog");
      assertThat(Objects.requireNonNull(check(Tool.LIQUIBASE).problem()).actions().get(1))
          .contains("mark-next-changeset-ran for each");

      liquibase().markNextRan();

      assertThat(check(Tool.LIQUIBASE).verdict()).isEqualTo(Verdict.BEHIND);
      liquibase().update();
      assertThat(check(Tool.LIQUIBASE).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void followedAllChangesetsAreRecordedAtOnceIfTheTablesHaveThemAll() throws Exception {
      liquibase().update();
      database.execute("DROP TABLE databasechangelog");
      assertThat(Objects.requireNonNull(check(Tool.LIQUIBASE).problem()).actions().get(1))
          .contains("changelog-sync if it is all");

      liquibase().sync();

      assertThat(check(Tool.LIQUIBASE).verdict()).isEqualTo(Verdict.UP_TO_DATE);
      liquibase().update();
    }

    @Test
    void anEmptiedHistoryIsTheSameCase() throws Exception {
      liquibase().update();
      database.execute("DELETE FROM databasechangelog");

      MigrationStatus status = check(Tool.LIQUIBASE);

      assertThat(Objects.requireNonNull(status.problem()).code())
          .isEqualTo("GUARD-UNINITIALIZED-EMPTY");
      assertThat(firstAction(status)).startsWith("run no migration here");
      assertThat(status.problem().why()).endsWith("it has item, price");
    }
  }

  @Test
  void followedAFlywayBaselineRecordsWhatTheTablesHave() throws Exception {
    FlywayRun run =
        FlywayRun.of(database.dataSource())
            .script("V1__item", "CREATE TABLE item (id int)")
            .script("V2__price", "CREATE TABLE price (id int)");
    run.target("1").migrate();
    database.execute("DROP TABLE flyway_schema_history");
    assertThat(Objects.requireNonNull(check(Tool.FLYWAY).problem()).actions().get(1))
        .contains("flyway baseline -baselineVersion=V");

    run.baseline("1");

    run.target("2").migrate();
    assertThat(check(Tool.FLYWAY).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void anEmptySchemaIsStillToBeMigrated() {
    assertThat(firstAction(check(Tool.AUTO))).startsWith("run this release's migrations");
  }

  @Test
  void theToolsOwnTablesAreNoOtherTables() throws Exception {
    liquibase().update();
    liquibase().rollback(2);

    assertThat(firstAction(check(Tool.LIQUIBASE))).startsWith("run this release's migrations");
  }

  @Test
  void tablesOfOthersAreExpectedWhereTheMatrixNamesPaths() throws Exception {
    database.execute("CREATE TABLE item (id int)");

    try (SchemaGuard guard = guard("Paths: db/**\n\n", Tool.LIQUIBASE)) {
      assertThat(firstAction(guard.check())).startsWith("run this release's migrations");
    }
  }

  @Test
  void whereTheCatalogIsRefusedTheSchemaIsNotTakenToBeEmpty() throws Exception {
    String role = Postgres.role("blind");
    database.execute(
        "CREATE TABLE item (id INT)", "REVOKE SELECT ON pg_catalog.pg_depend FROM PUBLIC");
    try (SchemaGuard guard =
        SchemaGuard.builder(database.as(role, role))
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("1\n", "revisions.txt")))
            .tool(Tool.FLYWAY)
            .environment(variable -> null)
            .build()) {
      MigrationStatus status = guard.check();
      Preflight preflight = guard.preflight();

      assertThat(status.verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(status.notes()).anyMatch(note -> note.contains("not known whether the schema"));
      assertThat(preflight.go()).isFalse();
      assertThat(preflight.exitCode()).isEqualTo(7);
      assertThat(preflight.actions().get(0)).contains("--assume-new");
    }
  }

  @Test
  void theCatalogIsAskedForOtherTablesOnce() throws Exception {
    RecordingDataSource recorded = new RecordingDataSource(database.dataSource());
    try (SchemaGuard guard =
        SchemaGuard.builder(recorded.dataSource())
            .matrix(CompatibilityMatrix.ofChain(RevisionChain.parse("1\n", "revisions.txt")))
            .tool(Tool.FLYWAY)
            .environment(variable -> null)
            .build()) {
      assertThat(guard.preflight().go()).isTrue();
    }
    assertThat(recorded.takeCalls()).filteredOn(sql -> sql.contains("deptype = 'e'")).hasSize(1);
  }

  @Test
  void namesOfTablesAreNotShownWithoutDetails() throws Exception {
    database.execute("CREATE TABLE secret_plan (id int)");

    assertThat(check(Tool.LIQUIBASE).redacted().toString()).doesNotContain("secret_plan");
    assertThat(check(Tool.LIQUIBASE).redacted().toJson()).doesNotContain("secret_plan");
  }
}
