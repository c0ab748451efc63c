// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The executable jar, run as an operator runs it: as a process of its own. */
final class CliProcess {

  /** What a process left behind. */
  record Result(int exitCode, String out, String err) {}

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  private final Map<String, String> environment = new HashMap<>();
  private Path directory = Path.of("").toAbsolutePath();

  CliProcess environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  CliProcess in(Path workingDirectory) {
    directory = workingDirectory;
    return this;
  }

  Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(JAVA, QUICK_START, "-jar", System.getProperty("cli.jar")));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Runs a class of the test class path instead of the jar. */
  Result runClass(String classPath, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA, QUICK_START, "-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private Result run(List<String> command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("cli", ".out");
    Path err = Files.createTempFile("cli", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SCHEMA_GUARD"));
    builder.environment().remove("CI");
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after a minute: " + command);
    }
    return new Result(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
