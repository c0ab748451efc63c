// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Undo;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.AlembicRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.RequiresAlembic;
import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that is printed for branches of Alembic is run by real Alembic. */
@RequiresAlembic
@Tag("full")
class AlembicBranchesTest {

  /** Two branches begin at aa; a third has a root of its own. */
  private static final String CHAIN =
      "aa\nb1\tparents=aa\nb2\tparents=b1\nc1\tparents=aa\nc2\tparents=c1\nr1\tparents=\n";

  @TempDir private Path folder;

  private final TestDatabase database = Postgres.database();
  private AlembicRun alembic;

  @BeforeEach
  void writeRevisions() throws Exception {
    alembic =
        new AlembicRun(database, folder)
            .create()
            .revision("aa", "None", "")
            .revision("b1", "'aa'", "branch_labels = ('expand',)")
            .revision("b2", "'b1'", "")
            .revision("c1", "'aa'", "")
            .revision("c2", "'c1'", "")
            .revision("r1", "None", "");
  }

  private SchemaGuard guard(String chain, String rows) {
    String document = "| App version | Expected | Max |\n|---|---|---|\n" + rows;
    return SchemaGuard.builder(database.dataSource())
        .matrix(CompatibilityMatrix.parse(document, RevisionChain.parse(chain, "revisions.txt")))
        .applicationVersion("1.0.0")
        .environment(variable -> null)
        .build();
  }

  private MigrationStatus check() {
    try (SchemaGuard guard = guard(CHAIN, "| current | head | |\n")) {
      return guard.check();
    }
  }

  private Rollback rollback(String chain, String rows) {
    try (SchemaGuard guard = guard(chain, rows)) {
      return Objects.requireNonNull(guard.preflight().rollback());
    }
  }

  private void runAll(Rollback rollback) throws Exception {
    assertThat(rollback.commands()).isNotEmpty();
    for (String command : rollback.commands()) {
      alembic.run(command);
    }
  }

  private List<String> heads() throws Exception {
    return database.rows("SELECT version_num FROM alembic_version ORDER BY 1");
  }

  @Test
  void theUpgradeThatIsAdvisedReachesEveryHead() throws Exception {
    alembic.run("alembic upgrade b1");
    String action = Objects.requireNonNull(check().problem()).actions().get(0);
    String command = action.replaceFirst(".*\\((alembic [^)]*)\\).*", "$1");

    alembic.run(command);

    assertThat(heads()).containsExactly("b2", "c2", "r1");
    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void theExpectedHeadNamesAllOfThem() throws Exception {
    alembic.run("alembic upgrade b2");
    MigrationStatus status = check();

    assertThat(status.expectedHead()).isEqualTo("b2, c2, r1");
    assertThat(status.summary()).isEqualTo("3 pending migration(s): b2 → b2, c2, r1");

    alembic.run("alembic upgrade heads");
    assertThat(check().currentRevision()).isEqualTo("b2, c2, r1");
  }

  @Test
  void aHeadBesideItsAncestorIsANoGoWithTheStatementThatCuresIt() throws Exception {
    alembic.run("alembic upgrade b1");
    database.execute("INSERT INTO alembic_version VALUES ('aa')");
    assertThat(check().notes()).singleElement().asString().contains("aa", "Alembic refuses");
    try (SchemaGuard guard = guard(CHAIN, "| current | head | |\n")) {
      Preflight preflight = guard.preflight();
      assertThat(preflight.exitCode()).isEqualTo(5);

      database.execute(preflight.actions().get(0));

      assertThat(guard.preflight().go()).isTrue();
    }
    alembic.run("alembic upgrade heads");
    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  @Test
  void aRollbackOfOneBranchLeavesTheOther() throws Exception {
    alembic.run("alembic upgrade b2");
    alembic.run("alembic upgrade c2");
    Rollback rollback = rollback(CHAIN, "| 1.0.0 | b2 | |\n");
    assertThat(rollback.undo()).extracting(Undo::revision).containsExactly("c2", "c1");
    assertThat(rollback.applyAgain()).isEmpty();
    assertThat(rollback.commands()).containsExactly("alembic downgrade c1@aa");

    runAll(rollback);

    assertThat(heads()).containsExactly("b2");
    assertThat(rollback(CHAIN, "| 1.0.0 | b1 | |\n").undo()).hasSize(1);
  }

  @Test
  void aRollbackFromAMergeLeavesTheOtherBranch() throws Exception {
    alembic.revision("m1", "('b2', 'c2')", "");
    alembic.run("alembic upgrade m1");
    String chain = CHAIN + "m1\tparents=b2,c2\n";
    Rollback rollback = rollback(chain, "| 1.0.0 | b2 | |\n");
    assertThat(rollback.undo()).extracting(Undo::revision).containsExactly("m1", "c2", "c1");

    runAll(rollback);

    assertThat(heads()).containsExactly("b2");
    assertThat(database.rows("SELECT tablename FROM pg_tables WHERE tablename LIKE 't\\_%'"))
        .containsExactlyInAnyOrder("t_aa", "t_b1", "t_b2");
  }

  @Test
  void aBranchWithARootOfItsOwnIsUndoneAlone() throws Exception {
    alembic.run("alembic upgrade b2");
    alembic.run("alembic upgrade r1");
    Rollback rollback = rollback(CHAIN, "| 1.0.0 | b2 | |\n");
    assertThat(rollback.undo()).extracting(Undo::revision).containsExactly("r1");

    runAll(rollback);

    assertThat(heads()).containsExactly("b2");
  }

  @Test
  void partOfABranchIsUndoneByItsRevision() throws Exception {
    alembic.run("alembic upgrade heads");
    Rollback rollback = rollback(CHAIN, "| 1.0.0 | b1 | |\n");

    runAll(rollback);

    assertThat(heads()).containsExactly("b1");
  }
}
