// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.build.SourceRevision;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SourceOptionsTest {

  @TempDir private Path project;

  @BeforeEach
  void writeMigrations() throws IOException {
    write("db/flyway/V1__a.sql", "");
    write("db/flyway/V2_1__b.ddl", "");
    write("db/other/M3--c.sql", "");
    write("db/go/0004_d.up.sql", "");
    write("db/py/e.py", "revision = '5'\ndown_revision = None\n");
    write("db/py2/f.py", "revision = '6'\ndown_revision = '5'\n");
    write("db/changes.sql", "--liquibase formatted sql\n--changeset ann:7\nSELECT 1;\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--flyway db/flyway --search-path %s, 1",
    "--flyway classpath:db/flyway --search-path %s, 1",
    "--flyway %s/db/flyway, 1",
    "--flyway %s/db/flyway --search-path %s, 1",
    "--flyway filesystem:%s/db/flyway, 1",
    "'--flyway %s/db/flyway --flyway-setting sqlMigrationSuffixes=.sql,.ddl', 1 2.1",
    "'--flyway db/flyway --search-path %s --flyway-setting sqlMigrationSuffixes=.ddl', 2.1",
    "'--flyway %s/db/flyway,%s/db/other', 1",
    "--flyway %s/db/other --flyway-setting sqlMigrationPrefix=M --flyway-setting"
        + " sqlMigrationSeparator=--, 3",
    "--flyway %s/db/other --flyway-setting baselineMigrationPrefix=M --flyway-setting"
        + " sqlMigrationSeparator=--, 3",
    "--golang-migrate %s/db/go, 0004",
    "--alembic %s/db/py, 5",
    "--alembic %s/db/py2 --alembic %s/db/py, 5 6",
    "--liquibase db/changes.sql --search-path %s --contexts prod, db/changes.sql::7::ann"
  })
  void theMigrationsOfEachToolAreRead(String arguments, String names) {
    SourceOptions options = options(arguments);

    assertThat(options.isGiven()).isTrue();
    assertThat(options.read().stream().map(SourceRevision::name)).containsExactly(names.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--flyway db/flyway --alembic db/py | --flyway, --alembic: one chain is of one tool",
        "--liquibase x --golang-migrate db/go | --liquibase, --golang-migrate: one chain is of",
        "--contexts prod | --golang-migrate: no migrations are named",
        "--golang-migrate db/go --contexts prod | they are Liquibase's",
        "--alembic db/py --labels x | they are Liquibase's",
        "--alembic db/py --classpath %s | they are Liquibase's and Flyway's",
        "--flyway db/flyway --parameter a=b | they are Liquibase's",
        "--alembic db/py --flyway-setting sqlMigrationPrefix=M | they are Flyway's",
        "--golang-migrate db/go --search-path %s | they are Liquibase's and Flyway's",
        "--flyway db/flyway --flyway-setting outOfOrder=true | 'outOfOrder' changes no version"
      })
  void whatHasNoMeaningIsRefused(String arguments, String message) {
    SourceOptions options = options(arguments);

    assertThatThrownBy(options::read)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(message);
  }

  @Test
  void nothingIsGivenWhereNoMigrationsAreNamed() {
    assertThat(options("--contexts prod").isGiven()).isFalse();
    assertThat(options("--contexts prod").tool()).isEqualTo(Tool.AUTO);
    assertThat(options("--golang-migrate x").tool()).isEqualTo(Tool.GOLANG_MIGRATE);
  }

  @Test
  void aChainIsWrittenFromThemAndCheckedAgainstThem() throws IOException {
    assertThat(revisions()).isZero();
    assertThat(project.resolve("revisions.txt")).content().endsWith("\n0004\talias=0004_d\n");
    assertThat(revisions("--check")).isZero();
    assertThat(verify("--golang-migrate", "db/go")).isZero();

    write("db/go/0005_e.up.sql", "");

    assertThat(revisions("--check")).isEqualTo(2);
    assertThat(verify("--golang-migrate", "db/go")).isEqualTo(2);
    assertThat(verify("--alembic", "db/py")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "--flyway, db/py",
    "--flyway, db/none",
    "--alembic, db/go",
    "--alembic, db/none",
    "--golang-migrate, db/flyway",
    "--golang-migrate, db/none"
  })
  void aPlaceWithoutMigrationsIsAnErrorUnlessTheChainSaysSo(String tool, String place)
      throws IOException {
    Files.createDirectories(project.resolve("db/none"));
    Path chain = project.resolve("revisions.txt");

    assertThat(revisions(chain, tool, place)).isEqualTo(2);
    assertThat(chain).doesNotExist();
    write("revisions.txt", "0004\n");
    assertThat(verify(tool, place)).isEqualTo(2);

    write("revisions.txt", "# no migrations yet\n");
    assertThat(revisions(chain, tool, place)).isZero();
    assertThat(chain).content().isEqualTo("# no migrations yet\n");
  }

  @Test
  void theFirstMigrationEndsTheTimeWithoutMigrations() throws IOException {
    write("revisions.txt", "# no migrations yet\n");

    assertThat(revisions()).isZero();

    assertThat(project.resolve("revisions.txt"))
        .content()
        .doesNotContain("no migrations yet")
        .endsWith("\n0004\talias=0004_d\n");
  }

  @Test
  void theDatabaseIsNamedWhereALocationDependsOnIt() throws IOException {
    write("db/v/mysql/V1__a.sql", "");
    write("db/v/postgresql/V1__a.sql", "");
    write("db/v/postgresql/V2__b.sql", "");

    String location = "--flyway classpath:db/v/{vendor} --search-path %s";
    assertThatThrownBy(options(location)::read).hasMessageContaining("--vendor postgresql");
    assertThat(options(location + " --vendor postgresql").read()).hasSize(2);
    assertThat(options(location + " --vendor mysql").read()).hasSize(1);
  }

  @Test
  void foldersOfAlembicAreReadIfItReadsThem() throws IOException {
    write("db/py/2024/g.py", "revision = '7'\ndown_revision = '5'\n");

    assertThatThrownBy(options("--alembic %s/db/py")::read)
        .hasMessageContaining(project.resolve("db/py/2024").toString())
        .hasMessageContaining("--recursive");
    assertThat(options("--alembic %s/db/py --recursive").read()).hasSize(2);

    write("db/alembic.ini", "[alembic]\nrecursive_version_locations = true\n");
    assertThat(options("--alembic %s/db/py").read()).hasSize(2);
    write("db/alembic.ini", "[alembic]\nrecursive_version_locations = false\n");
    assertThat(options("--alembic %s/db/py").read()).hasSize(1);
  }

  private int revisions(Path chain, String tool, String place) {
    return Main.run(
        "revisions", "--revisions", chain.toString(), tool, project.resolve(place).toString());
  }

  private int revisions(String... more) {
    Stream<String> start =
        Stream.of(
            "revisions",
            "--golang-migrate",
            project.resolve("db/go").toString(),
            "--revisions",
            project.resolve("revisions.txt").toString());
    return Main.run(Stream.concat(start, Stream.of(more)).toArray(String[]::new));
  }

  private int verify(String tool, String directory) {
    return Main.run(
        "verify",
        "--revisions",
        project.resolve("revisions.txt").toString(),
        tool,
        project.resolve(directory).toString());
  }

  private SourceOptions options(String arguments) {
    return CommandLine.populateCommand(
        new SourceOptions(), arguments.replace("%s", project.toString()).split(" "));
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
