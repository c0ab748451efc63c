// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code init} finds in a project, and writes of it; that it can be followed: CliIT. */
class InitTest {

  private static final String REVISION = "revision = 'a1'\ndown_revision = None\n";

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource({
    "src/main/resources/db/migration/V1__a.sql, '', 1, flyway, db/migration",
    "src/main/java/db/migration/V1_2__A.java, '', 1.2, flyway, db/migration",
    "src/main/resources/sql/V1__a.sql, --flyway sql, 1, flyway, sql",
    "alembic/versions/a.py, '', a1, alembic, alembic/versions",
    "migrations/versions/a.py, '', a1, alembic, migrations/versions",
    "py/revisions/a.py, --alembic py/revisions, a1, alembic, py/revisions",
    "db/migrations/0007_a.up.sql, '', 0007, golangMigrate, db/migrations",
    "sql/0007_a.up.sql, --golang-migrate sql, 0007, golangMigrate, sql",
  })
  void writesTheChainAndTheTestOfTheMigrationsThatAreThere(
      String file, String options, String revision, String factory, String place)
      throws IOException {
    write(file, file.endsWith(".py") ? REVISION : "");

    assertThat(init(options)).isZero();

    assertThat(project.resolve("src/main/resources/schema-guard/revisions.txt"))
        .content()
        .containsPattern("\n" + revision + "\talias=");
    assertThat(project.resolve("src/main/resources/schema-guard/compatibility.md")).exists();
    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.%s(\"%s\").verify();".formatted(factory, place));
  }

  @Test
  void readsWhereAlembicsSettingsSayThatItsScriptsAre() throws IOException {
    write("alembic.ini", "[alembic]\nscript_location = %(here)s/app/db\n");
    write("app/db/versions/a.py", REVISION);

    assertThat(init("")).isZero();

    assertThat(project.resolve("src/test/java/SchemaGuardFilesTest.java"))
        .content()
        .contains("SchemaFiles.alembic(\"app/db/versions\")");
  }

  @Test
  void asksWhichToolIsMeantWhereThereAreMigrationsOfSeveral() throws IOException {
    write("src/main/resources/db/migration/V1__a.sql", "");
    write("migrations/0001_a.up.sql", "");

    assertThat(init("")).isEqualTo(2);
    assertThat(init("--flyway db/migration --golang-migrate migrations")).isEqualTo(2);
    assertThat(project.resolve("src")).isDirectoryNotContaining("glob:**/test");

    assertThat(init("--golang-migrate migrations")).isZero();
  }

  private int init(String options) {
    return Main.run(
        Stream.concat(
                Stream.of("init", "--dir", project.toString()),
                Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()))
            .toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
