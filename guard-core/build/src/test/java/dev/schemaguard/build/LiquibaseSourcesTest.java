// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiquibaseSourcesTest {

  private static final Path RESOURCES = Path.of("src/test/resources/files");
  private static final Path SHOP = RESOURCES.resolve("shop");
  private static final String MASTER = "db/changelog/master.yaml";

  @Nested
  class Names {

    @ParameterizedTest
    @CsvSource({"'',''", "prod,search", "'test,beta',reports", "'','!reports and !search'"})
    void areWhatLiquibaseRecords(String contexts, String labels) throws Exception {
      List<SourceRevision> sources =
          LiquibaseSources.directory(SHOP, MASTER).contexts(contexts).labels(labels).read();
      List<LiquibaseRun> recorded = LiquibaseRun.of(SHOP, MASTER, contexts, labels);

      assertThat(sources.stream().filter(s -> s.revision().isDue("h2")).map(SourceRevision::name))
          .containsExactlyElementsOf(recorded.stream().map(LiquibaseRun::name).toList());
    }

    @Test
    void areTheSameFromTheClassPath() {
      List<String> fromDirectory = names(LiquibaseSources.directory(SHOP, MASTER));
      List<String> fromClassPath =
          names(
              LiquibaseSources.classPath(
                  new URLClassLoader(new URL[] {url(SHOP)}, null), "classpath:/" + MASTER));

      assertThat(fromClassPath).isEqualTo(fromDirectory);
    }

    @Test
    void ofTheSampleApplicationAreItsChain() {
      LiquibaseSources sources =
          LiquibaseSources.classPath(
              getClass().getClassLoader(), "statewave/db/changelog/db.changelog-master.yaml");

      assertThat(names(sources))
          .containsExactlyElementsOf(
              Statewave.matrix().chain().orElseThrow().revisions().stream()
                  .map(Revision::name)
                  .toList());
    }

    private static List<String> names(LiquibaseSources sources) {
      return sources.read().stream().map(SourceRevision::name).toList();
    }
  }

  @Nested
  class Comments {

    @Test
    void areWhatLiquibaseRecords() throws Exception {
      Map<String, SourceRevision> sources = shop("", "");

      for (LiquibaseRun recorded : LiquibaseRun.of(SHOP, MASTER, "", "")) {
        String comment = sources.get(recorded.name()).comment();
        assertThat(comment == null ? "" : comment).isEqualTo(recorded.comments());
      }
    }
  }

  @Nested
  class Attributes {

    @ParameterizedTest
    @CsvSource({
      "only oracle, oracle",
      "not oracle, '!mssql,!oracle'",
      "one change for oracle, oracle",
      "a change for oracle and one for all, ''",
      "one per database, 'h2,oracle,postgresql'"
    })
    void dbmsIsWhereLiquibaseRecordsTheChangeset(String id, String dbms) {
      assertThat(String.join(",", rule(id).revision().dbms())).isEqualTo(dbms);
    }

    @ParameterizedTest
    @CsvSource({
      "may fail, true",
      "skipped by its precondition, true",
      "skipped by an error, true",
      "for another system, true",
      "only when asked, true",
      "marked as run, false",
      "for production, false",
      "for tests, false",
      "labelled, false",
      "always, false"
    })
    void withoutFilterOptionalIsWhatARunMayLeaveOut(String id, boolean optional) {
      assertThat(rule(id).revision().optional()).isEqualTo(optional);
    }

    @ParameterizedTest
    @CsvSource({
      "db/changelog/rules/rules.xml::for production::ann, false",
      "db/changelog/rules/rules.xml::for tests::ann, true",
      "db/changelog/rules/rules.xml::labelled::ann, true",
      "db/changelog/rules/beta.yaml::1::ann, true",
      "db/changelog/rules/labelled.yaml::1::ann, false",
      "db/changelog/rules/rules.xml::always::ann, false"
    })
    void optionalIsWhatTheFilterOfProductionExcludes(String name, boolean optional) {
      assertThat(shop("prod", "search").get(name).revision().optional()).isEqualTo(optional);
    }

    @Test
    void dbmsOfAnAlternativeThatIsExcludedDoesNotCount(@TempDir Path directory) throws IOException {
      Files.writeString(
          directory.resolve("changes.sql"),
          """
          --liquibase formatted sql
          --changeset ann:1 context:test dbms:h2
          SELECT 1;
          --changeset ann:1 context:!test dbms:postgresql
          SELECT 2;
          """);

      assertThat(LiquibaseSources.directory(directory, "changes.sql").contexts("prod").read())
          .singleElement()
          .satisfies(
              source -> {
                assertThat(source.revision().optional()).isFalse();
                assertThat(source.revision().dbms()).containsExactly("postgresql");
              });
    }

    @Test
    void tagsAreAliases() {
      assertThat(
              shop("", "")
                  .get("db/changelog/modules/billing/billing.yaml::2::dörte müller")
                  .revision()
                  .aliases())
          .containsExactly("billing-1.0");
    }

    @Test
    void whatLiquibaseRunsAgainIsKnown() {
      assertThat(shop("", "").values())
          .filteredOn(SourceRevision::reruns)
          .extracting(SourceRevision::name)
          .containsExactlyInAnyOrder(
              "db/changelog/scripts/001_prices.sql::2::carol",
              "db/changelog/rules/rules.xml::always::ann");
    }

    @Test
    void whatLiquibaseIgnoresIsLeftOut() {
      assertThat(shop("", "").keySet())
          .noneMatch(name -> name.contains("own ignore") || name.contains("ignored-by-include"));
    }

    @Test
    void aPreconditionOfTheWholeChangelogMakesNothingOptionalForItEndsTheRun() {
      Path directory = RESOURCES.resolve("preconditions");

      assertThat(LiquibaseSources.directory(directory, "whole-changelog.yaml").read())
          .singleElement()
          .matches(source -> !source.revision().optional());
      assertThatThrownBy(() -> LiquibaseRun.of(directory, "whole-changelog.yaml", "", ""))
          .hasMessageContaining("preconditions failed");
    }

    @ParameterizedTest
    @CsvSource({"prod,'',blue", "test,'',red", "prod,fast,green"})
    void aPropertyHasTheValueThatItHasInProduction(
        String contexts, String labels, String author, @TempDir Path directory) throws IOException {
      Files.writeString(
          directory.resolve("changes.sql"),
          """
          --liquibase formatted sql
          --property name:team value:red context:test labels:slow
          --property name:team value:blue context:prod labels:slow
          --property name:team value:green context:prod labels:fast
          --changeset ${team}:1
          SELECT 1;
          """);

      assertThat(
              LiquibaseSources.directory(directory, "changes.sql")
                  .contexts(contexts)
                  .labels(labels)
                  .read())
          .extracting(SourceRevision::name)
          .containsExactly("changes.sql::1::" + author);
    }

    @Test
    void aParameterIsReplaced(@TempDir Path directory) throws IOException {
      Files.writeString(
          directory.resolve("changes.sql"),
          "--liquibase formatted sql\n--changeset ${team}:1\nSELECT 1\n");

      assertThat(
              LiquibaseSources.directory(directory, "changes.sql").parameter("team", "blue").read())
          .extracting(SourceRevision::name)
          .containsExactly("changes.sql::1::blue");
    }

    private static SourceRevision rule(String id) {
      return shop("", "").get("db/changelog/rules/rules.xml::" + id + "::ann");
    }
  }

  @Nested
  class WhatCannotBeRead {

    @ParameterizedTest
    @CsvSource({
      "no-such-file.yaml, no-such-file.yaml does not exist",
      "notes.txt, Cannot find parser that supports notes.txt",
      "syntax.yaml, Syntax error in file syntax.yaml: while parsing a block mapping",
      "unknown-change.xml, Invalid content was found starting with element '{createTabel}'",
      "missing-include.yaml, The file db/no-such-file.yaml was not found",
      "circle.yaml, it includes itself"
    })
    void isToldWithTheFileAndThePlaceWhereItWasSearched(String file, String message) {
      assertThatThrownBy(() -> LiquibaseSources.directory(RESOURCES.resolve("broken"), file).read())
          .isInstanceOf(ConfigurationException.class)
          .hasNoCause()
          .hasMessageStartingWith(file + ": Liquibase cannot read this changelog: ")
          .hasMessageContaining(message)
          .hasMessageContaining("It is searched below " + RESOURCES.resolve("broken"))
          .message()
          .hasSizeLessThan(700)
          .doesNotContain("Exception", "\n");
    }

    @Test
    void isToldOfTheClassPath() {
      assertThatThrownBy(
              () -> LiquibaseSources.classPath(getClass().getClassLoader(), "no.yaml").read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("no.yaml does not exist. Correct")
          .hasMessageContaining("on the class path");
    }

    @Test
    void isADirectoryThatIsNotThere() {
      assertThatThrownBy(() -> LiquibaseSources.directory(Path.of("nowhere"), "a.yaml").read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining("Non-existent directory");
    }

    @Test
    void isAnythingWithoutLiquibaseOnTheClassPath() throws Exception {
      URL[] ownClasses = {
        LiquibaseSources.class.getProtectionDomain().getCodeSource().getLocation(),
        ConfigurationException.class.getProtectionDomain().getCodeSource().getLocation()
      };
      try (URLClassLoader without =
          new URLClassLoader(ownClasses, ClassLoader.getPlatformClassLoader())) {
        Class<?> sources = without.loadClass(LiquibaseSources.class.getName());
        Object changelog =
            sources.getMethod("directory", Path.class, String.class).invoke(null, SHOP, MASTER);

        assertThatThrownBy(() -> sources.getMethod("read").invoke(changelog))
            .cause()
            .hasMessageContaining("needs a class that is not there: liquibase/")
            .hasMessageContaining("Add org.liquibase:liquibase-core")
            .hasMessageContaining("test dependency")
            .hasNoCause();
      }
    }
  }

  @Nested
  class AliasesOfYaml {

    /** Lists of aliases of lists, whose size is a power, with no more aliases than are allowed. */
    private static String bomb(int levels, int aliases) {
      StringBuilder yaml = new StringBuilder("databaseChangeLog:\n- &a0 [x, x]\n");
      for (int level = 1; level <= levels; level++) {
        yaml.append("- &a").append(level).append(" [");
        yaml.append(String.join(", ", Collections.nCopies(aliases, "*a" + (level - 1))));
        yaml.append("]\n");
      }
      return yaml.toString();
    }

    @ParameterizedTest
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    @CsvSource({"master.yaml,7,7", "master.yml,24,2", "master.JSON,24,2"})
    void thatMultiplyAreRefusedWithTheFileAndTheLimit(
        String file, int levels, int aliases, @TempDir Path directory) throws IOException {
      Files.writeString(directory.resolve(file), bomb(levels, aliases));

      assertThatThrownBy(() -> LiquibaseSources.directory(directory, file).read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith(
              file + ": its YAML aliases stand for more than 100000 values, the limit");
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void thatMultiplyInAnIncludedFileAreRefusedWithThatFile(@TempDir Path directory)
        throws IOException {
      Path changes = Files.createDirectories(directory.resolve("db/changes"));
      Files.writeString(changes.resolve("laughs.yaml"), bomb(24, 2));
      Files.writeString(
          directory.resolve("master.yaml"),
          "databaseChangeLog:\n- includeAll: {path: db/changes}\n");

      assertThatThrownBy(() -> LiquibaseSources.directory(directory, "master.yaml").read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("db/changes/laughs.yaml: its YAML aliases stand for more than");
      assertThatThrownBy(
              () ->
                  LiquibaseSources.classPath(
                          new URLClassLoader(new URL[] {url(directory)}, null), "master.yaml")
                      .read())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("db/changes/laughs.yaml: its YAML aliases stand for more than");
    }

    @Test
    void thatRepeatColumnsAreRead(@TempDir Path directory) throws IOException {
      StringBuilder yaml =
          new StringBuilder(
              """
              databaseChangeLog:
              - changeSet:
                  id: "0"
                  author: ann
                  changes:
                  - createTable:
                      tableName: t0
                      columns: &audit
                      - column: {name: created_at, type: timestamp}
                      - column: {name: created_by, type: varchar(50)}
              """);
      for (int i = 1; i <= 40; i++) {
        yaml.append(
            "- changeSet: {id: \"%1$d\", author: ann, changes: [{createTable: {tableName: t%1$d, columns: *audit}}]}\n"
                .formatted(i));
      }
      Files.writeString(directory.resolve("master.yaml"), yaml);

      assertThat(LiquibaseSources.directory(directory, "master.yaml").read()).hasSize(41);
    }
  }

  @Test
  void liquibaseLogsNothing(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("master.yaml"),
        "databaseChangeLog: [ include: { file: missing.yaml, errorIfMissing: false } ]");
    List<String> logged = new ArrayList<>();
    Handler handler = new CollectingHandler(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    try {
      LiquibaseSources.directory(directory, "master.yaml").read();
    } finally {
      root.removeHandler(handler);
    }

    assertThat(logged).isEmpty();
  }

  @Test
  @Timeout(60)
  void thousandsOfChangesetsInHundredsOfFilesAreReadInSeconds(@TempDir Path directory)
      throws IOException {
    StringBuilder master = new StringBuilder("databaseChangeLog:\n");
    for (int file = 0; file < 400; file++) {
      StringBuilder changes = new StringBuilder("--liquibase formatted sql\n");
      for (int id = 0; id < 25; id++) {
        changes.append("--changeset ann:").append(id).append("\nSELECT ").append(id).append(";\n");
      }
      Files.writeString(directory.resolve("changes-" + file + ".sql"), changes);
      master.append("  - include:\n      file: changes-").append(file).append(".sql\n");
    }
    Files.writeString(directory.resolve("master.yaml"), master);

    List<SourceRevision> sources = LiquibaseSources.directory(directory, "master.yaml").read();
    ChainUpdate update = ChainFile.of(null, "revisions.txt").update(sources);
    ChainUpdate again = ChainFile.of(update.text(), "revisions.txt").update(sources);

    assertThat(sources).hasSize(10_000);
    assertThat(update.chain().revisions()).hasSize(10_000);
    assertThat(again.isCurrent()).isTrue();
  }

  private static Map<String, SourceRevision> shop(String contexts, String labels) {
    return LiquibaseSources.directory(SHOP, MASTER)
        .contexts(contexts)
        .labels(labels)
        .read()
        .stream()
        .collect(Collectors.toMap(SourceRevision::name, Function.identity()));
  }

  private static URL url(Path directory) {
    try {
      return directory.toUri().toURL();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
