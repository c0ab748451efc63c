// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Migrations that were edited after they had been committed, found by the freshness test. */
class ChecksumFileTest {

  private static final Map<String, String> CI = Map.of("CI", "true");
  private static final String ONE = "--changeset ann:1\nCREATE TABLE a (id int);\n";
  private static final String TWO = "--changeset ann:2\nCREATE TABLE b (id int);\n";

  @TempDir private Path project;
  private Path checksums;

  @BeforeEach
  void places() {
    checksums = project.resolve("schema-guard/checksums.txt");
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void changelog(String... changesets) throws IOException {
    write("db/log.sql", "--liquibase formatted sql\n" + String.join("", changesets));
  }

  private SchemaFiles files(Map<String, String> environment) {
    return SchemaFiles.liquibase("db/log.sql").in(project).environment(environment);
  }

  /** Has both files written for what is there, as whoever then commits them. */
  private void committed(SchemaFiles files) {
    assertThatThrownBy(() -> files.environment(Map.of()).withChecksums().verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("commit it");
    assertThatCode(files::verify).doesNotThrowAnyException();
  }

  private void committed(String... changesets) throws IOException {
    changelog(changesets);
    committed(files(Map.of()));
  }

  private void passes() {
    assertThatCode(() -> files(CI).verify()).doesNotThrowAnyException();
  }

  private void fails(String message) {
    assertThatThrownBy(() -> files(CI).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(message);
  }

  @Test
  void nobodyGetsTheFileUnasked() throws IOException {
    changelog(ONE);

    assertThatThrownBy(() -> files(Map.of()).verify()).hasMessageContaining("1 line added");
    passes();
    assertThat(checksums).doesNotExist();
  }

  @Test
  void whoeverAsksGetsALineForEveryMigrationAndItCountsFromThenOn() throws IOException {
    changelog(ONE, TWO);

    assertThatThrownBy(() -> files(Map.of()).withChecksums().verify())
        .hasMessageContaining(checksums + ": 2 lines added, commit it\n+ db/log.sql::1::ann\t9:");
    passes();
    assertThat(checksums)
        .content()
        .matches(
            "# What each .*\n# dbms=any\ndb/log.sql::1::ann\t9:\\w{32}\ndb/log.sql::2::ann\t9:\\w{32}\n");

    changelog(ONE, TWO.replace("b (", "c ("));
    fails("was edited");
  }

  @Test
  void inContinuousIntegrationANewMigrationIsTheDifferenceAndNothingIsWritten() throws IOException {
    committed(ONE);
    String before = Files.readString(checksums);
    changelog(ONE, TWO);

    fails(checksums + " is not current. Run " + getClass().getName() + " where CI is not set");
    assertThat(checksums).hasContent(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "true"})
  void anEditFailsEverywhereAndNothingIsWritten(String ci) throws IOException {
    committed(ONE, TWO);
    String before = Files.readString(checksums);
    changelog(ONE.replace("int", "bigint"), TWO, "--changeset ann:3\nSELECT 1;\n");

    assertThatThrownBy(() -> files(Map.of("CI", ci)).verify())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(checksums + ": a migration was edited after the checksum")
        .hasMessageContaining("never gets the new one: db/log.sql::1::ann (line 3)")
        .hasMessageContaining("Undo the edit, and make the change in a new migration")
        .hasMessageContaining("validCheckSum and the old checksum")
        .hasMessageContaining("delete its line")
        .hasMessageContaining("1 line added");
    assertThat(checksums).hasContent(before);
  }

  @Test
  void whoseLineWasDeletedIsWrittenAnew() throws IOException {
    committed(ONE);
    changelog(ONE.replace("int", "bigint"));
    fails("was edited");
    Files.writeString(checksums, "# ours\n");

    assertThatThrownBy(() -> files(Map.of()).verify()).hasMessageContaining("1 line added");
    passes();
    assertThat(checksums).content().startsWith("# ours\ndb/log.sql::1::ann\t9:");
  }

  @Test
  void whatLiquibaseTakesForTheSameIsNoEdit() throws IOException {
    committed(ONE);
    String old = Files.readString(checksums).replaceAll("(?s).*\t", "").strip();

    changelog(ONE.replace("ann:1\n", "ann:1\n--comment: better\n").replace(" a ", "\n  a\n  "));
    passes();
    String edited = ONE.replace("int", "bigint");
    changelog(edited.replace("ann:1\n", "ann:1\n--validCheckSum: " + old + "\n"));
    passes();
    changelog(edited.replace("ann:1\n", "ann:1\n--validCheckSum: ANY\n"));
    passes();
    changelog(edited.replace("ann:1\n", "ann:1\n--validCheckSum: 9:1234\n"));
    fails("was edited");
  }

  @ParameterizedTest
  @ValueSource(strings = {"runOnChange:true", "runAlways:true"})
  void whatMayChangeHasNoLineOrLosesNothingByOne(String attribute) throws IOException {
    String mayChange = ONE.replace("ann:1", "ann:1 " + attribute);
    committed(mayChange, TWO);
    assertThat(checksums).content().doesNotContain("::1::");
    changelog(mayChange.replace("int", "bigint"), TWO);
    passes();

    changelog(mayChange, TWO.replace("ann:2", "ann:2 " + attribute).replace("int", "bigint"));
    passes();
  }

  @Test
  void changesetsOfOneNameShareALineAndEachIsGuarded() throws IOException {
    String h2 = ONE.replace("ann:1", "ann:1 dbms:h2");
    String postgres = "--changeset ann:1 dbms:postgresql\nCREATE TABLE a (id bigint);\n";
    committed(h2, postgres);
    assertThat(checksums).content().containsPattern("\t9:\\w{32},9:\\w{32}\n");

    changelog(h2, postgres.replace("bigint", "int8"));
    fails("was edited");
  }

  @Nested
  class FollowsTheChain {

    @Test
    void aMigrationThatWasRenamedKeepsItsChecksum() throws IOException {
      committed(ONE);
      changelog(ONE.replace("ann:1", "ben:1"));
      write("schema-guard/revisions.txt", "db/log.sql::1::ben\twas=db/log.sql::1::ann\n");

      assertThatThrownBy(() -> files(Map.of()).verify())
          .hasMessageContaining("1 line changed, commit it\n- db/log.sql::1::ann\t9:")
          .hasMessageContaining("\n+ db/log.sql::1::ben\t9:");
      passes();
      changelog(ONE.replace("ann:1", "ben:1").replace("int", "bigint"));
      fails("db/log.sql::1::ben (line 3)");
    }

    @Test
    void aLineThatIsTheIdAloneMeansIt() throws IOException {
      write("schema-guard/revisions.txt", "1\n");
      changelog(ONE);
      assertThatThrownBy(() -> files(Map.of()).withChecksums().verify())
          .hasMessageContaining("+ 1\t9:");
      passes();
      changelog(ONE.replace("int", "bigint"));
      fails("was edited");
    }

    @Test
    void oneThatWasNeverReleasedLosesItsLineWithThatOfTheChain() throws IOException {
      committed(ONE, TWO);
      changelog(ONE);
      assertThatThrownBy(() -> files(CI).verify()).hasMessageContaining("never released?");
      write("schema-guard/revisions.txt", "db/log.sql::1::ann\n");

      fails("1 line removed\n- db/log.sql::2::ann\t9:");
      assertThatThrownBy(() -> files(Map.of()).verify()).hasMessageContaining("1 line removed");
      passes();
      assertThat(checksums).content().doesNotContain("::2::");
    }

    @Test
    void oneThatIsRetiredKeepsItAndIsGuardedWhereItReappears() throws IOException {
      committed(ONE, TWO);
      changelog(ONE);
      write("schema-guard/revisions.txt", "db/log.sql::1::ann\ndb/log.sql::2::ann\tretired\n");
      passes();

      changelog(ONE, TWO.replace("int", "bigint"));
      fails("db/log.sql::2::ann (line 4)");
    }
  }

  @Nested
  class ThatPeopleHaveTouched {

    @Test
    void keepsItsCommentsAndItsEndsOfLines() throws IOException {
      committed(ONE);
      String crlf = "\uFEFF# ours\n\n".concat(Files.readString(checksums)).replace("\n", "\r\n");
      Files.writeString(checksums, crlf);
      passes();
      changelog(ONE, TWO);

      assertThatThrownBy(() -> files(Map.of()).verify()).hasMessageContaining("1 line added");
      assertThat(Files.readString(checksums))
          .startsWith("\uFEFF# ours\r\n\r\n# What")
          .containsPattern("::2::ann\t9:\\w{32}\r\n$");
    }

    @Test
    void losesWhatAMergeHasDoubled() throws IOException {
      committed(ONE);
      String line = Files.readAllLines(checksums).get(2);
      Files.writeString(checksums, line + "\n" + line + "\n");

      fails("1 line dropped as duplicate\n- db/log.sql::1::ann");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "db/log.sql::1::ann      | :1: 'db/log.sql::1::ann' is no line of checksums",
          "db/log.sql::1::ann>     | is no line of checksums",
          "1>9:a>9:b               | is no line of checksums",
          "db/log.sql::1::ann>9:a; # x; db/log.sql::1::ann>9:b"
              + " | :3: db/log.sql::1::ann has another checksum in line 1"
        })
    void isAnErrorWhereALineCannotBeRead(String lines, String message) throws IOException {
      changelog(ONE);
      write("schema-guard/revisions.txt", "db/log.sql::1::ann\n");
      write(
          "schema-guard/checksums.txt",
          lines.strip().replace("; ", "\n").replace(">", "\t") + "\n");

      assertThatThrownBy(() -> files(CI).verify())
          .isInstanceOf(ConfigurationException.class)
          .hasMessageContaining(message);
    }
  }

  @Nested
  class OfOtherTools {

    private void guards(SchemaFiles files, String script, String edit) throws IOException {
      committed(files);
      String text = Files.readString(project.resolve(script));

      write(script, text.replace("\n", "\r\n"));
      assertThatCode(files::verify).doesNotThrowAnyException();
      write(script, text.replace(edit, edit + "x"));
      assertThatThrownBy(files::verify)
          .hasMessageContaining("a migration was edited")
          .hasMessageContaining("1 (line 2)")
          .hasMessageNotContaining("validCheckSum");
    }

    @Test
    void flywaysScripts() throws IOException {
      write("db/V1__a.sql", "CREATE TABLE a (id int);\n\n");
      write("db/V2__B.java", "");
      write("db/R__views.sql", "SELECT 1;\n");

      guards(
          SchemaFiles.flyway("filesystem:" + project.resolve("db")).in(project),
          "db/V1__a.sql",
          "id");
      assertThat(checksums).content().contains("\n1\t").doesNotContain("\n2\t");
    }

    @Test
    void alembicsScripts() throws IOException {
      write("versions/1_a.py", "revision = '1'\ndown_revision = None\nop.x('id')\n");

      guards(
          SchemaFiles.alembic(project.resolve("versions").toString()).in(project),
          "versions/1_a.py",
          "id");
    }

    @Test
    void golangMigratesScriptsThatMigrateUp() throws IOException {
      write("db/1_a.up.sql", "CREATE TABLE a (id int);\n");
      write("db/1_a.down.sql", "DROP TABLE a;\n");

      guards(
          SchemaFiles.golangMigrate(project.resolve("db").toString()).in(project),
          "db/1_a.up.sql",
          "id");
      assertThat(checksums).content().containsPattern("\n1\tsha256:\\w{64}\n$");
    }
  }
}
