// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A run of the packaged application in a process of its own: how it ended, and what it wrote. */
record ApplicationProcess(int exitCode, String output) {

  /** The executable jar. The classes in it are verified where they run in the test's JVM. */
  private static final List<String> PACKAGED =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:-BytecodeVerificationRemote",
          "-jar",
          System.getProperty("application.jar"));

  /** Runs the executable jar to its end. */
  static ApplicationProcess run(TestDatabase database, String... arguments) {
    return run(PACKAGED, database, arguments);
  }

  /** Runs the application with this command line of the JVM. */
  static ApplicationProcess run(
      List<String> jvmArguments, TestDatabase database, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.addAll(jvmArguments);
    command.add("--server.port=0");
    command.add("--spring.datasource.url=" + database.url());
    command.add("--spring.datasource.username=" + database.user());
    command.add("--spring.datasource.password=" + database.password());
    command.addAll(Arrays.asList(arguments));
    try {
      Path output = Files.createTempFile("application", ".log");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      process.destroyForcibly();
      String text = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("ended\n" + text).isTrue();
      return new ApplicationProcess(process.exitValue(), text);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
