// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Real Liquibase was run with another path of the changelog than the chain was generated from. */
class MovedChangelogTest {

  private static final String TABLES =
      """
      <changeSet id="1" author="ann"><createTable tableName="item">
        <column name="id" type="int"/></createTable></changeSet>
      <changeSet id="2" author="ann"><createTable tableName="price">
        <column name="id" type="int"/></createTable></changeSet>
      """;
  private static final String CHAIN =
      "db/changelog/master.xml::1::ann\ndb/changelog/master.xml::2::ann\n";

  private final TestDatabase database = Postgres.database();

  private LiquibaseRun liquibase(String path) {
    return LiquibaseRun.ofXml(database.dataSource(), path, TABLES);
  }

  private SchemaGuard guard(String chain, String document) {
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.parse(document, RevisionChain.parse(chain, "revisions.txt")))
        .applicationVersion("1.0.0")
        .environment(variable -> null)
        .build();
  }

  private SchemaGuard guard(String chain) {
    return guard(chain, "| App version | Expected |\n|---|---|\n| 1.0.0 | 2 |\n");
  }

  private Preflight preflight(SchemaGuard guard) {
    try (guard) {
      return guard.preflight();
    }
  }

  private MigrationStatus check(SchemaGuard guard) {
    try (guard) {
      return guard.check();
    }
  }

  @Test
  void nothingIsToBeUndoneWhereOnlyThePathDiffers() {
    liquibase("src/main/resources/db/changelog/master.xml").update();

    Preflight preflight = preflight(guard(CHAIN));

    assertThat(preflight.go()).isFalse();
    assertThat(Objects.requireNonNull(preflight.rollback()).undo()).isEmpty();
    assertThat(preflight.rollback().commands()).isEmpty();
    assertThat(preflight.toJson()).doesNotContain("rollback-count");
    assertThat(preflight.rollback().notes().get(0))
        .startsWith("no plan: Liquibase was run with another --changelog-file");
  }

  @Test
  void theProblemSaysSoInOneSentenceAndAdvisesNoMigration() {
    liquibase("src/main/resources/db/changelog/master.xml").update();

    Problem problem = Objects.requireNonNull(check(guard(CHAIN)).problem());

    assertThat(problem.why())
        .endsWith(
            "; Liquibase was run with another --changelog-file: it recorded"
                + " src/main/resources/db/changelog/master.xml, and the chain has"
                + " db/changelog/master.xml");
    assertThat(problem.actions()).noneMatch(action -> action.contains("run this release"));
  }

  @Test
  void theChainOfThatPathCuresIt() {
    liquibase("src/main/resources/db/changelog/master.xml").update();
    String chain = CHAIN.replace("db/", "src/main/resources/db/");

    assertThat(check(guard(chain)).verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void theCorrectedPathsCureItAndLiquibaseRunsNothingAgain() throws Exception {
    liquibase("src/main/resources/db/changelog/master.xml").update();
    assertThat(Objects.requireNonNull(check(guard(CHAIN)).problem()).actions().get(1))
        .contains(
            "set FILENAME of these rows to that path"
                + " (src/main/resources/db/changelog/master.xml to db/changelog/master.xml)");

    database.execute(
        "UPDATE databasechangelog SET filename = 'db/changelog/master.xml'"
            + " WHERE filename = 'src/main/resources/db/changelog/master.xml'");

    assertThat(check(guard(CHAIN)).verdict()).isEqualTo(Verdict.UP_TO_DATE);
    // It would fail on a table that is there.
    liquibase("db/changelog/master.xml").update();
    assertThat(database.value("SELECT count(*) FROM databasechangelog")).isEqualTo("2");
  }

  @Test
  void aChainWithTheLongerPathIsTheSameCase() {
    liquibase("changelog/master.xml").update();

    assertThat(preflight(guard(CHAIN)).rollback().notes().get(0))
        .contains("it recorded changelog/master.xml, and the chain has db/changelog/master.xml");
  }

  @Test
  void aNewerMigrationIsUndoneButNotWhatOnlyHasAnotherPath() {
    liquibase("src/main/resources/db/changelog/master.xml").update();
    LiquibaseRun.ofChangesets(database.dataSource(), "db/new.xml", "3").update();

    List<Object> undone = List.copyOf(preflight(guard(CHAIN)).rollback().undo());

    assertThat(undone).singleElement().asString().contains("db/new.xml::3::tester");
  }

  @Test
  void thereIsNoPlanWhereANewerMigrationWasAppliedBeforeThem() {
    LiquibaseRun.ofChangesets(database.dataSource(), "db/new.xml", "3").update();
    liquibase("src/main/resources/db/changelog/master.xml").update();

    Preflight preflight = preflight(guard(CHAIN));

    assertThat(preflight.rollback().undo()).isEmpty();
    assertThat(preflight.rollback().commands()).isEmpty();
    assertThat(preflight.rollback().notes().get(0)).contains("would be undone with 3");
  }

  @Test
  void theAdviceForAnUnknownAheadUndoesNothingEither() {
    liquibase("db/changelog/master.xml").update(1);
    LiquibaseRun.ofXml(
            database.dataSource(),
            "elsewhere/master.xml",
            TABLES.substring(TABLES.indexOf("<changeSet id=\"2\"")))
        .update();

    MigrationStatus status =
        check(guard(CHAIN, "| App version | Expected | Min |\n|---|---|---|\n| 1.0.0 | 2 | 1 |\n"));

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    Problem problem = Objects.requireNonNull(status.problem());
    assertThat(problem.why()).isEqualTo("2 is recorded under another path");
    assertThat(problem.actions().get(0)).contains("logicalFilePath=elsewhere/master.xml");
    assertThat(problem.actions()).noneMatch(action -> action.contains("undo"));
  }
}
