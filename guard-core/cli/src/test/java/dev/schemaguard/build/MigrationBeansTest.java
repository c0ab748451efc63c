// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.SchemaGuard;
import dev.schemaguard.cli.CommandLineRun;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations of Flyway that are objects outside of its locations, as beans of Spring's are. */
class MigrationBeansTest {

  @TempDir private Path project;
  private final TestDatabase database = H2.database();
  private Path resources;
  private Path chain;

  @BeforeEach
  void migrate() throws IOException {
    FlywayRun.quiet();
    resources = project.resolve("src/main/resources");
    chain = resources.resolve("schema-guard/revisions.txt");
    write("src/main/resources/db/own/V1__a.sql", "SELECT 1");
    write(
        "src/main/java/beans/V3__bean.java",
        """
        package dev.schemaguard.build;
        import org.flywaydb.core.api.migration.*;
        @Component class V3__bean extends BaseJavaMigration { public void migrate(Context c) {} }
        """);
    Flyway.configure()
        .dataSource(database.dataSource())
        .locations("filesystem:" + resources.resolve("db/own"))
        .javaMigrations(new V3__bean())
        .load()
        .migrate();
    generate(SchemaFiles.flyway("db/own"));
  }

  @Test
  void theAdviceNamesTheClassThatAppliedWhatTheChainLacks() {
    MigrationStatus status = check();

    assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
    assertThat(status.problem().actions())
        .contains(
            "if this version itself has the class dev.schemaguard.build.MigrationBeansTest$V3__bean,"
                + " add it to the chain: SchemaFiles.flyway(…).javaMigrations("
                + "MigrationBeansTest.V3__bean.class), or schema-guard revisions --flyway"
                + " LOCATIONS,dev/schemaguard/build");
  }

  /** To generate the same chain again would not bring a class that is in no location. */
  @Test
  void theAdviceNamesTheClassAlsoIfTheApplicationHasJustAppliedIt() throws IOException {
    RevisionChain revisions = RevisionChain.parse(Files.readString(chain), chain.toString());
    MigrationStatus status =
        SchemaGuard.builder(database.dataSource())
            .matrix(CompatibilityMatrix.ofChain(revisions))
            .migratedBy(new MigrationOwner(true, null, true, null).withStartedAhead(false))
            .build()
            .check();

    assertThat(status.problem().why()).contains("own migrator has just applied");
    assertThat(status.problem().actions().get(0))
        .contains("add it to the chain: SchemaFiles.flyway(…).javaMigrations(");
  }

  @Test
  void theFreshnessTestThatNamesTheClassEndsIt() throws IOException {
    generate(SchemaFiles.flyway("db/own").javaMigrations(V3__bean.class));

    assertThat(chain).content().contains("\n3\talias=3_bean\n");
    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
    List<JavaMigration> beans = List.of(new V3__bean());
    SchemaFiles.flyway("db/own").javaMigrations(beans).in(resources).verify();
  }

  @Test
  void soDoesTheCommandThatNamesThePackage() {
    assertThat(
            CommandLineRun.of(
                "revisions",
                "--flyway",
                "db/own,dev/schemaguard/build",
                "--search-path",
                resources + "," + project.resolve("src/main/java"),
                "--revisions",
                chain.toString()))
        .isZero();

    assertThat(check().verdict()).isEqualTo(Verdict.UP_TO_DATE);
  }

  /** A bean, as Spring would make it; its class cannot be found by Flyway. */
  static final class V3__bean extends BaseJavaMigration {
    @Override
    public void migrate(Context context) {}
  }

  private void generate(SchemaFiles files) {
    assertThatThrownBy(() -> files.environment(Map.of()).in(resources).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("commit it");
  }

  private MigrationStatus check() {
    try {
      RevisionChain revisions = RevisionChain.parse(Files.readString(chain), chain.toString());
      return SchemaGuard.builder(database.dataSource())
          .matrix(CompatibilityMatrix.ofChain(revisions))
          .build()
          .check();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
