// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.FlywayRun;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands compare the schema with the file beside the matrix or in the application. */
class StructureOptionTest {

  private static final String FILE = "table orders\n  id integer not null\n  note text\n";

  private final TestDatabase database = Postgres.database();
  @TempDir private Path folder;

  @BeforeEach
  void migrate() throws Exception {
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY, note text)")
        .migrate();
    database.execute("ALTER TABLE orders DROP note");
  }

  private record Result(int exitCode, String output) {}

  private Result run(String command, String... options) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of("--url", database.url(), "--user", database.user(), "--format", "json"));
    arguments.addAll(List.of(options));
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(printed, true, UTF_8));
      int exitCode = CommandLineRun.of(arguments.toArray(String[]::new));
      return new Result(exitCode, printed.toString(UTF_8));
    } finally {
      System.setOut(before);
    }
  }

  private String matrix(String unknown) throws Exception {
    Files.writeString(folder.resolve("revisions.txt"), "1\n");
    Files.writeString(folder.resolve("schema.postgresql.txt"), FILE);
    return Files.writeString(
            folder.resolve("compatibility.md"),
            "Unknown ahead: "
                + unknown
                + "\n\n| App version | Expected |\n|---|---|\n| current | head |\n")
        .toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "preflight", "wait"})
  void aDriftedSchemaHasTheExitCodeTen(String command) throws Exception {
    String matrix = matrix("refused");

    Result drifted = run(command, "--matrix", matrix, "--timeout", "10s");
    Result warned = run(command, "--matrix", matrix, "--structure", "WARN");
    Result off = run(command, "--matrix", matrix, "--structure", "off");

    assertThat(drifted.exitCode()).isEqualTo(10);
    assertThat(drifted.output()).contains("GUARD-DRIFTED", "\"missing\": [\"orders.note\"]");
    assertThat(warned.exitCode()).isZero();
    assertThat(warned.output()).contains("\"result\": \"broken\"");
    assertThat(off.exitCode()).isZero();
    assertThat(off.output()).contains("\"structure\": null");
  }

  @Test
  void aMisspeltValueIsAnErrorOfUsage() throws Exception {
    assertThat(run("check", "--matrix", matrix("refused"), "--structure", "wam").exitCode())
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "BOOT-INF/classes/", "WEB-INF/classes/"})
  void theFileInTheApplicationIsUsed(String root) throws Exception {
    Path jar = folder.resolve("orders.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String[] file :
          new String[][] {{"revisions.txt", "1\n"}, {"schema.postgresql.txt", FILE}}) {
        zip.putNextEntry(new ZipEntry(root + "schema-guard/" + file[0]));
        zip.write(file[1].getBytes(UTF_8));
        zip.closeEntry();
      }
    }

    Result drifted = run("check", "--app", jar.toString());

    assertThat(drifted.exitCode()).isEqualTo(10);
    assertThat(run("check", "--app", jar.toString(), "--structure", "warn").exitCode()).isZero();
  }

  @Test
  void theFileBesideAChainAloneIsUsed() throws Exception {
    matrix("refused");

    assertThat(run("check", "--revisions", folder.resolve("revisions.txt").toString()).exitCode())
        .isEqualTo(10);
  }

  /** A rollback that is asked about before the old version is deployed. */
  @Test
  void thePreflightOfAnOlderVersionSaysWhatItWouldLack() throws Exception {
    String matrix = matrix("allowed");
    FlywayRun.of(database.dataSource())
        .script("V1__orders", "CREATE TABLE orders (id integer PRIMARY KEY, note text)")
        .script("V2__more", "CREATE TABLE more (id integer)")
        .migrate();

    Result broken = run("preflight", "--matrix", matrix);
    database.execute("ALTER TABLE orders ADD note text");
    Result intact = run("preflight", "--matrix", matrix);

    assertThat(broken.exitCode()).isEqualTo(4);
    assertThat(broken.output()).contains("GUARD-AHEAD-STRUCTURE", "orders.note");
    assertThat(intact.exitCode()).isZero();
    assertThat(intact.output()).contains("\"result\": \"intact\"");
  }
}
