// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.H2;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that has no migration yet, and then its first one. */
class NoMigrationsYetTest {

  private static final String MARK = "# no migrations yet";

  @TempDir private Path project;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--liquibase | db/m.yaml | databaseChangeLog: [] | db/m.yaml"
            + " | databaseChangeLog: [{changeSet: {id: 1, author: a}}] | db/m.yaml::1::a",
        "--liquibase | db/m.sql | --liquibase formatted sql | db/m.sql"
            + " | --liquibase formatted sql%n--changeset a:1%nSELECT 1; | db/m.sql::1::a",
        "--flyway | db/readme.txt | none | db/V1__a.sql | | 1\talias=1_a",
        "--alembic | db/readme.txt | none | db/a.py | revision = 'a1'%ndown_revision = None | a1\talias=a",
        "--golang-migrate | db/readme.txt | none | db/0001_a.up.sql | | 0001\talias=0001_a"
      })
  void keepsTheLineThatSaysSoUntilThereIsOne(
      String tool, String empty, String nothing, String file, String first, String line)
      throws IOException {
    write(empty, nothing);
    write("revisions.txt", MARK + "\n");
    String place = tool.equals("--liquibase") ? empty : "db";

    assertThat(sources("revisions", tool, place)).isZero();
    assertThat(sources("revisions", tool, place, "--check")).isZero();
    assertThat(project.resolve("revisions.txt")).hasContent(MARK);
    assertThat(sources("verify", tool, place)).isZero();

    write(file, first == null ? "" : first.replace("%n", "\n"));

    assertThat(sources("revisions", tool, place, "--check")).isEqualTo(2);
    assertThat(sources("verify", tool, place)).isEqualTo(2);
    assertThat(sources("revisions", tool, place)).isZero();
    assertThat(project.resolve("revisions.txt"))
        .content()
        .endsWith("\n" + line + "\n")
        .doesNotContain(MARK);
    assertThat(sources("verify", tool, place)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {MARK, MARK + "\r\n", "\uFEFF# a comment\n" + MARK + "\n\n"})
  void losesTheLineWhateverIsAroundIt(String chain) throws IOException {
    write("revisions.txt", chain);
    write("db/V1__a.sql", "");

    assertThat(sources("revisions", "--flyway", "db")).isZero();
    assertThat(project.resolve("revisions.txt"))
        .content()
        .contains("1\talias=1_a")
        .doesNotContain(MARK);
  }

  @Test
  void hasNoExpectedHeadInTheStatus() throws IOException {
    write("revisions.txt", MARK + "\n");

    Result check = database("check", "--format", "json");

    assertThat(check.exitCode()).isZero();
    assertThat(check.out())
        .containsPattern("\"expected_head\": ?null")
        .containsPattern("\"current_revision\": ?null")
        .containsPattern("\"min_compatible_revision\": ?null")
        .containsPattern("\"is_compatible\": ?true")
        .containsPattern("\"pending_count\": ?0")
        .containsPattern("\"error\": ?null");
    assertThat(database("preflight").exitCode()).isZero();
    assertThat(database("status").exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "markdown", "json", "html"})
  void isDrawnWithAndWithoutADatabase(String format) throws IOException {
    write("revisions.txt", MARK + "\n");

    Result alone = run("matrix", "--revisions", chain(), "--format", format);
    Result standing = database("matrix", "--format", format);

    assertThat(List.of(alone.exitCode(), standing.exitCode())).containsOnly(0);
    assertThat(alone.out()).contains("current").doesNotContain("null null");
    assertThat(standing.out()).isNotEmpty();
  }

  private record Result(int exitCode, String out) {}

  private Result database(String command, String... more) {
    TestDatabase database = H2.database();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--url",
                database.url(),
                "--user",
                database.user(),
                "--revisions",
                chain()));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  private int sources(String command, String tool, String place, String... more) {
    boolean below = tool.equals("--liquibase");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                command,
                "--revisions",
                chain(),
                tool,
                below ? place : project.resolve(place).toString()));
    if (below) {
      arguments.addAll(List.of("--search-path", project.toString()));
    }
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new)).exitCode();
  }

  private static Result run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream before = System.out;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      return new Result(Main.run(arguments), out.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private String chain() {
    return project.resolve("revisions.txt").toString();
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
