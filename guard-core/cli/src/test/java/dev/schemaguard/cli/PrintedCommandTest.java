// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands of this command line that it prints itself are pasted into a real shell. */
class PrintedCommandTest {

  private static final Pattern COMMAND = Pattern.compile("schema-guard (revisions --.*)");

  @TempDir private Path folder;

  private Path project;

  @BeforeEach
  void makeAProjectWithAnOddName() throws IOException {
    project = Files.createDirectory(folder.resolve("ann's project"));
    write(
        "compatibility.md",
        "Unknown ahead: refused\n\n| App version | Expected |\n|--|--|\n| current | head |\n");
    write("revisions.txt", "# no migrations yet\n");
  }

  @Test
  void theChainThatVerifyFindsOutdatedIsMadeCurrent() throws Exception {
    write("sql/V1__a.sql", "");
    String location = "filesystem:" + project.resolve("sql");

    followed("verify", "--flyway", location, "--flyway-setting", "sqlMigrationSuffixes=.sql");

    assertThat(project.resolve("revisions.txt")).content().contains("1\talias=1_a");
  }

  @Test
  void theFiltersOfTheChainAreThoseThatWereGiven() throws Exception {
    write("db/m.sql", "--liquibase formatted sql\n--changeset a:1 contextFilter:prod\nSELECT 1;\n");

    followed(
        "verify",
        "--liquibase",
        "db/m.sql",
        "--search-path",
        project.toString(),
        "--contexts",
        "prod AND !test");

    assertThat(project.resolve("revisions.txt"))
        .content()
        .contains("db/m.sql::1::a")
        .doesNotContain("optional");
  }

  @Test
  void theChainThatAProposalNeedsIsMadeCurrent() throws Exception {
    write("versions/2024/b.py", "revision = 'b1'\ndown_revision = None\n");

    followed(
        "matrix", "propose", "--alembic", project.resolve("versions").toString(), "--recursive");
  }

  /** Runs a command, what it prints, and the same command again. */
  private void followed(String... command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(List.of("--matrix", project.resolve("compatibility.md").toString()));
    if (command[0].equals("matrix")) {
      arguments.addAll(List.of("--new-version", "1.0.0"));
    }
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    assertThat(run(arguments, printed)).isEqualTo(2);
    Matcher line = COMMAND.matcher(printed.toString(UTF_8));
    assertThat(line.find()).as(printed.toString(UTF_8)).isTrue();

    assertThat(run(words(line.group(1)), printed)).as(line.group()).isZero();

    assertThat(run(arguments, printed)).as(printed.toString(UTF_8)).isZero();
  }

  private static int run(List<String> arguments, ByteArrayOutputStream printed) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    PrintStream both = new PrintStream(printed, true, UTF_8);
    System.setOut(both);
    System.setErr(both);
    try {
      return Main.run(arguments.toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** The words that a shell makes of a line. */
  private static List<String> words(String line) throws Exception {
    Process shell =
        new ProcessBuilder("sh", "-c", "printf '%s\\n' " + line).redirectErrorStream(true).start();
    List<String> words = shell.inputReader(UTF_8).lines().toList();
    assertThat(shell.waitFor()).isZero();
    return words;
  }

  private void write(String name, String text) throws IOException {
    Path file = project.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
