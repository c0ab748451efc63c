// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.LiquibaseRun;
import dev.schemaguard.testing.Statewave;
import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chains that {@code revisions --from-database} writes, for a tool of each kind. */
class FromDatabaseTest {

  private static final String TABLE =
      "--tool table --table steps --revision-column step --order-column n --applied-when ok";

  private final TestDatabase database = H2.database();

  @TempDir private Path folder;

  @Test
  void holdLiquibasesHistoryWhereItIsTheOnlyOne() throws Exception {
    Statewave.update(database.dataSource(), 2);

    revisions("");

    assertThat(chain())
        .containsExactly(
            "db/changelog/0001_initial_schema.yaml::0001_initial_schema::statewave",
            "db/changelog/0002_index_timelines.yaml::0002_index_timelines::statewave");
    assertThat(check("")).isZero();
  }

  @Test
  void holdNoRowThatLiquibaseWroteForItself() throws Exception {
    LiquibaseRun changelog = LiquibaseRun.ofChangesets(database.dataSource(), "orders.xml", "a");
    changelog.tag("before-first");
    changelog.update();

    revisions("");

    assertThat(chain()).containsExactly("orders.xml::a::tester");
  }

  @Test
  void holdFlywaysVersionsAsTheyWereRecorded() throws Exception {
    FlywayRun.of(database.dataSource(), "V001__a", "V1_5__b", "V2__c", "R__view").migrate();

    revisions("");

    assertThat(chain()).containsExactly("001", "1.5", "2");
    assertThat(check("")).isZero();
  }

  @Test
  void keepTheVersionsThatAreThereUnderAnotherSpelling() throws Exception {
    FlywayRun.of(database.dataSource(), "V1__a", "V2__b", "V3__c", "V4__d").migrate();
    write("db/V001__a.sql", "");
    write("db/V3_0__c.sql", "");

    revisions("--flyway filesystem:" + folder.resolve("db"));

    assertThat(chain()).containsExactly("001\talias=001_a", "3.0\talias=3.0_c", "2\tretired");
    assertThat(check("")).isEqualTo(4);

    revisions("");
    assertThat(chain()).containsExactly("001\talias=001_a", "3.0\talias=3.0_c", "2\tretired", "4");
  }

  @Test
  void holdTheRowsOfAnotherToolThatAreInEffect() throws Exception {
    record("1, 'a', TRUE", "2, 'b', TRUE", "3, 'x', TRUE", "4, 'x', FALSE", "5, 'c', TRUE");

    revisions(TABLE);

    assertThat(chain()).containsExactly("a", "b", "c");
    assertThat(check(TABLE)).isZero();
    record("6, 'd', TRUE");
    revisions(TABLE);
    assertThat(chain()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void holdTheRowsOfThisApplicationAlone() throws Exception {
    record("1, 'a', TRUE", "2, 'x', TRUE", "3, 'b', TRUE");

    revisions(TABLE + " --rows-where n<>2");

    assertThat(chain()).containsExactly("a", "b");
  }

  @Test
  void areNotWrittenFromATableThatKeepsTheNewestVersionOnly() throws Exception {
    database.execute("CREATE TABLE version (version INT)", "INSERT INTO version VALUES (299)");

    assertThatThrownBy(
            () ->
                command("--tool table --table version --revision-column version --rows-hold newest")
                    .call())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("keeps the newest version only")
        .hasMessageContaining("Write revisions.txt by hand");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--tool alembic | the history of alembic tells where | revisions --alembic DIRECTORY",
        "--golang-migrate db | the history of golang-migrate tells | revisions --golang-migrate",
        "--flyway db --tool liquibase | the migrations are those of flyway, and the history that of liquibase | Leave --tool out",
        "--tool table --table steps | revision-column names none | Name the table",
        "--tool liquibase | there is no history | Name a database that was migrated",
      })
  void areNotWrittenWhereNoHistoryTellsThem(String options, String what, String action)
      throws Exception {
    assertThatThrownBy(() -> command(options).call())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(action);
  }

  @Test
  void areNotWrittenFromHeadsThatAreFound() throws Exception {
    database.execute(
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
        "INSERT INTO alembic_version VALUES ('a')");

    assertThatThrownBy(() -> command("").call()).hasMessageContaining("the history of alembic");
    assertThat(folder.resolve("revisions.txt")).doesNotExist();
  }

  @Test
  void areNotWrittenFromAHistoryInWhichNothingIsInEffect() throws Exception {
    record("1, 'a', TRUE", "2, 'a', FALSE");

    assertThatThrownBy(() -> command(TABLE).call())
        .hasMessageContaining("the history holds no applied revision");
  }

  private void record(String... rows) throws SQLException {
    database.execute("CREATE TABLE IF NOT EXISTS steps (n INT, step VARCHAR(9), ok BOOLEAN)");
    for (String row : rows) {
      database.execute("INSERT INTO steps VALUES (" + row + ")");
    }
  }

  private void revisions(String options) {
    assertThat(command(options).call()).isZero();
  }

  private int check(String options) {
    return Main.run(arguments("check", options));
  }

  private RevisionsCommand command(String options) {
    return Subcommands.commandLine()
        .parseArgs(arguments("revisions", "--from-database " + options))
        .asCommandLineList()
        .get(1)
        .getCommand();
  }

  private String[] arguments(String command, String options) {
    Stream<String> start =
        Stream.of(command, "--url", database.url(), "--user", database.user(), "--revisions");
    return Stream.of(
            start,
            Stream.of(folder.resolve("revisions.txt").toString()),
            Arrays.stream(options.split(" ")).filter(option -> !option.isEmpty()))
        .flatMap(arguments -> arguments)
        .toArray(String[]::new);
  }

  private List<String> chain() throws IOException {
    return Files.readAllLines(folder.resolve("revisions.txt")).stream()
        .filter(line -> !line.startsWith("#"))
        .toList();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
