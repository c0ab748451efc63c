// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the runbook says of Flyway's own command line, and that {@link FlywayTool} ends as it. */
@Tag("full")
class FlywayCommandLineTest {

  private static final Path LIBRARIES = Path.of("target", "releases", "flyway-command-line");

  @TempDir Path temp;

  private Map<String, String> environment;

  @BeforeEach
  void write() throws Exception {
    Path scripts = Files.createDirectories(temp.resolve("db/migration"));
    Files.writeString(scripts.resolve("V1__orders.sql"), "CREATE TABLE orders (id int);");
    Files.writeString(scripts.resolve("V2__broken.sql"), "CREATE NONSENSE;");
    environment =
        Map.of(
            "FLYWAY_URL", "jdbc:h2:file:" + temp.resolve("orders"),
            "FLYWAY_USER", "sa",
            "FLYWAY_LOCATIONS", "filesystem:db/migration");
  }

  @Test
  void theCommunityEditionMigratesWhereADryRunIsAskedFor() throws Exception {
    assertThat(run("migrate", "-target=1", "-dryRunOutput=migration.sql")).isZero();

    assertThat(temp.resolve("migration.sql")).doesNotExist();
    assertThat(Files.readString(temp.resolve("log")))
        .contains("Successfully applied 1 migration to schema");
  }

  @Test
  void failsAndRefusesWithTheExitCodesOfTheRunbook() throws Exception {
    for (String command : List.of("undo", "migrate")) {
      int exitCode = run(command, "-target=2");
      assertThat(exitCode).isEqualTo(command.equals("undo") ? 35 : 1);
      Program.Call call = new Program.Call(temp, List.of(command, "-target=2"), environment);
      assertThat(new FlywayTool().program().run(call)).isEqualTo(exitCode);
    }
  }

  private int run(String... arguments) throws Exception {
    String classPath;
    try (Stream<Path> jars = Files.list(LIBRARIES)) {
      classPath = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absolute(classPath + File.pathSeparator + System.getProperty("java.class.path")),
                "org.flywaydb.commandline.Main"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temp.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("log").toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  private static String absolute(String classPath) {
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(each -> Path.of(each).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
