// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaFilesTest {

  private static final Logger LOGGER = Logger.getLogger(SchemaFiles.class.getName());

  @TempDir private Path resources;
  private Path chain;
  private final List<String> logged = new ArrayList<>();
  private final Handler handler = new CollectingHandler(logged);

  @BeforeEach
  void collectWarnings() {
    chain = resources.resolve("schema-guard/revisions.txt");
    LOGGER.setUseParentHandlers(false);
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stopCollecting() {
    LOGGER.removeHandler(handler);
    LOGGER.setUseParentHandlers(true);
  }

  @Nested
  class OnADevelopersMachine {

    @Test
    void theFileIsWrittenAndTheTestFailsOnce() throws IOException {
      changelog("ann:1", "ann:2 context:test");

      assertThatThrownBy(() -> files(Map.of()).contexts("prod").verify())
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              """
              %s: 2 lines added, commit it
              + db/new.sql::1::ann
              + db/new.sql::2::ann\toptional\
              """
                  .formatted(chain));

      files(Map.of()).contexts("prod").verify();
      assertThat(chain).content().endsWith("db/new.sql::2::ann\toptional\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "false", " FALSE "})
    void isWhereCiIsNotSet(String value) throws IOException {
      changelog("ann:1");

      assertThatThrownBy(() -> files(Map.of("CI", value)).verify())
          .hasMessageContaining("1 line added, commit it");
      assertThat(chain).exists();
    }

    @Test
    void aLongDifferenceIsCut() throws IOException {
      String[] changesets = new String[30];
      for (int i = 0; i < changesets.length; i++) {
        changesets[i] = "ann:" + i;
      }
      changelog(changesets);

      assertThatThrownBy(() -> files(Map.of()).verify())
          .hasMessageContaining("30 lines added")
          .hasMessageEndingWith("+ db/new.sql::19::ann\nand 10 more");
    }
  }

  @Nested
  class InContinuousIntegration {

    private static final Map<String, String> CI = Map.of("CI", "true");

    @Test
    void nothingIsWrittenAndTheDifferenceAndTheTestToRunAreTold() throws IOException {
      changelog("ann:1");

      assertThatThrownBy(() -> files(CI).verify())
          .isInstanceOf(AssertionError.class)
          .hasMessage(
              """
              %s is not current. Run %s where CI is not set, and commit what it writes: \
              1 line added
              + db/new.sql::1::ann\
              """
                  .formatted(chain, SchemaFilesTest.class.getName()));
      assertThat(chain).doesNotExist();
    }

    @Test
    void whatIsCommittedPasses() throws IOException {
      changelog("ann:1");
      chain("db/new.sql::1::ann\n");

      files(CI).verify();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true"})
  void aVanishedLineFailsEverywhereAndNothingIsWritten(String ci) throws IOException {
    changelog("ann:2");
    chain("db/new.sql::1::ann\n");

    assertThatThrownBy(() -> files(Map.of("CI", ci)).verify())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("renamed, squashed or never released?");
    assertThat(chain).hasContent("db/new.sql::1::ann\n");
  }

  @Test
  void theMatrixIsCheckedAgainstTheNewChainAndAllThatIsWrongIsTold() throws IOException {
    changelog("ann:1", "ann:2");
    chain("db/new.sql::1::ann\n");
    matrix("| 1.0 | 2 |\n| 1.1 | 3 |\n| 1.2 | 4 |");

    assertThatThrownBy(() -> files(Map.of()).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("1 line added, commit it")
        .hasMessageNotContaining("'2' is not in ")
        .hasMessageContaining("compatibility.md:4: '3' is not in ")
        .hasMessageContaining("compatibility.md:5: '4' is not in ");
  }

  @Test
  void aMigrationThatWasAddedWithoutARowIsTold() throws IOException {
    changelog("ann:1", "ann:2");
    chain("db/new.sql::1::ann\ndb/new.sql::2::ann\n");
    matrix("| 1.0 | 1 |");

    assertThatThrownBy(() -> files(Map.of()).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("compatibility.md: no row expects 2, so the version that brings it")
        .hasMessageContaining("| current | head |");
    matrix("| 1.0 | 1 |\n| current | head |");
    files(Map.of()).verify();
  }

  @Test
  void aMatrixThatCannotBeReadIsTold() throws IOException {
    changelog("ann:1");
    chain("db/new.sql::1::ann\n");
    matrix("| 1.0 | 1 |\n| 1.0 | 1 |");

    assertThatThrownBy(() -> files(Map.of()).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("'1.0' has a row already");
  }

  @Test
  void aMaximumThatAdmitsWhatMayBreakTheVersionIsTold() throws IOException {
    changelog("ann:1", "ann:2");
    Files.writeString(
        resources.resolve("db/new.sql"),
        "ALTER TABLE t DROP COLUMN c;\n",
        StandardOpenOption.APPEND);
    chain("db/new.sql::1::ann\ndb/new.sql::2::ann\n");
    Files.writeString(
        chain.resolveSibling("compatibility.md"),
        "| App version | Expected | Max |\n|---|---|---|\n| 1.0 | 1 | any |\n");

    assertThatThrownBy(() -> files(Map.of()).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("admits what may break it: 2, which drops column t.c");
  }

  @Test
  void warningsAreLogged() throws IOException {
    changelog("ann:1", "ann:2");
    chain("db/new.sql::1::ann\n");
    matrix("| current | head |");

    assertThatThrownBy(() -> files(Map.of()).verify()).hasMessageContaining("1 line added");

    assertThat(logged)
        .anySatisfy(
            text -> assertThat(text).contains("no requires-app marker on db/new.sql::2::ann"))
        .anySatisfy(text -> assertThat(text).contains("Unknown ahead: refused"))
        .hasSize(2);
  }

  @Test
  void aTagThatCannotBeWrittenIsLogged() throws IOException {
    Files.writeString(
        resources.resolve("tags.yaml"),
        """
        databaseChangeLog:
          - changeSet:
              id: 1
              author: ann
              changes:
                - tagDatabase: { tag: "v1,v2" }
        """);
    chain("tags.yaml::1::ann\n");

    SchemaFiles.liquibase("tags.yaml").in(resources).verify();

    assertThat(logged)
        .containsExactly("the alias 'v1,v2' of tags.yaml::1::ann is left out: no list can hold it");
  }

  @Test
  void aChangelogOnTheClassPathIsFound() {
    SchemaFiles statewave =
        SchemaFiles.liquibase("classpath:statewave/db/changelog/db.changelog-master.yaml")
            .in(resources)
            .environment(Map.of());

    assertThatThrownBy(statewave::verify).hasMessageContaining("12 lines added");
    statewave.verify();
  }

  @Test
  void labelsAndParametersReachTheChangelog() throws IOException {
    changelog("${team}:1", "${team}:2 labels:reports");

    assertThatThrownBy(() -> files(Map.of()).labels("!reports").parameter("team", "blue").verify())
        .hasMessageContaining("+ db/new.sql::1::blue\n+ db/new.sql::2::blue\toptional");
  }

  @Nested
  class OfOtherTools {

    @Test
    void flywaysAreLookedForInTheProjectAndThenOnTheClassPath() throws IOException {
      write("main/resources/db/V1__a.sql", "");
      write(
          "main/java/db/V2__Add.java",
          "package db;\npublic class V2__Add"
              + " extends org.flywaydb.core.api.migration.BaseJavaMigration {}");
      Path main = resources.resolve("main/resources");
      chain = main.resolve("schema-guard/revisions.txt");

      requireFresh(SchemaFiles.flyway("classpath:db").in(main), "+ 1\talias=1_a\n+ 2\talias=2_Add");
      assertThatThrownBy(
              () -> SchemaFiles.flyway("statewave/db").in(main).environment(Map.of()).verify())
          .hasMessageContaining(
              "no migrations were found; searched for V1__name.sql in statewave/db");
    }

    @Test
    void flywaysMayBeNamedOtherwise() throws IOException {
      write("db/M1__a.sql", "");

      requireFresh(
          SchemaFiles.flyway(
                  FlywaySources.directories(List.of(resources), "db").naming("M", "__", ".sql"))
              .in(resources),
          "+ 1\talias=1_a");
    }

    @Test
    void alembicsAreKeptFresh() throws IOException {
      write("versions/1_a.py", "revision = '1'\ndown_revision = None\n");

      requireFresh(
          SchemaFiles.alembic(resources.resolve("versions").toString()).in(resources),
          "+ 1\talias=1_a");
    }

    @Test
    void golangMigratesAreKeptFresh() throws IOException {
      write("db/1_a.up.sql", "");

      requireFresh(
          SchemaFiles.golangMigrate(resources.resolve("db").toString()).in(resources),
          "+ 1\talias=1_a");
    }

    @Test
    void haveNoContextsLabelsOrParameters() {
      SchemaFiles flyway = SchemaFiles.flyway("db");

      assertThatThrownBy(() -> flyway.contexts("prod")).hasMessageContaining("are Liquibase's");
      assertThatThrownBy(() -> flyway.labels("x")).isInstanceOf(ConfigurationException.class);
      assertThatThrownBy(() -> flyway.parameter("x", "y"))
          .isInstanceOf(ConfigurationException.class);
    }

    private void requireFresh(SchemaFiles files, String difference) {
      assertThatThrownBy(() -> files.environment(Map.of("CI", "1")).verify())
          .hasMessageContaining("is not current")
          .hasMessageEndingWith(difference);
      assertThat(chain).doesNotExist();
      assertThatThrownBy(() -> files.environment(Map.of()).verify())
          .hasMessageContaining("added, commit it\n" + difference);
      files.environment(Map.of("CI", "1")).verify();
    }

    private void write(String name, String text) throws IOException {
      Path file = resources.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }

  @Test
  void aResourcesDirectoryThatIsNotThereIsNamed() {
    SchemaFiles elsewhere =
        SchemaFiles.liquibase("db/new.sql").in(resources.resolve("src/main/resources"));

    assertThatThrownBy(elsewhere::verify)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("src/main/resources")
        .hasMessageContaining("there is no such directory")
        .hasMessageContaining("in(Path)");
  }

  private SchemaFiles files(Map<String, String> environment) {
    return SchemaFiles.liquibase("db/new.sql").in(resources).environment(environment);
  }

  private void changelog(String... changesets) throws IOException {
    Files.createDirectories(resources.resolve("db"));
    Files.writeString(
        resources.resolve("db/new.sql"),
        "--liquibase formatted sql\n--changeset "
            + String.join("\nSELECT 1;\n--changeset ", changesets)
            + "\nSELECT 1;\n");
  }

  private void chain(String text) throws IOException {
    Files.createDirectories(chain.getParent());
    Files.writeString(chain, text);
  }

  private void matrix(String rows) throws IOException {
    Files.createDirectories(chain.getParent());
    Files.writeString(
        chain.resolveSibling("compatibility.md"),
        "| App version | Expected |\n|---|---|\n" + rows + "\n");
  }
}
