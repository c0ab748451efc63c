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
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The executable jar, run as an operator runs it: as a process of its own. */
final class CliProcess {

  /** What a process left behind. */
  record Result(int exitCode, String out, String err) {}

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final List<String> QUICK_JAVA =
      List.of(JAVA, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** To verify the classes is half of a start; the tests in this process verify the same ones. */
  private static final List<String> WITHOUT_VERIFYING =
      List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");

  /** A process that runs. */
  record Running(Process process, Path out, Path err) {

    /** What it has written to standard output so far; on a terminal, all that it has written. */
    String outSoFar() throws IOException {
      return Files.readString(out, StandardCharsets.UTF_8);
    }

    /** What it has written to standard error so far. */
    String errSoFar() throws IOException {
      return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** Presses Ctrl and C on its terminal. */
    void interrupt() throws IOException {
      process.getOutputStream().write(3);
      process.getOutputStream().flush();
    }

    /** Asks the command itself, not the terminal that it runs on, to end. */
    void terminate() {
      process
          .descendants()
          .filter(child -> child.children().findAny().isEmpty())
          .forEach(ProcessHandle::destroy);
    }

    Result end() throws IOException, InterruptedException {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("still running after a minute: " + process.info());
      }
      return new Result(process.exitValue(), outSoFar(), errSoFar());
    }
  }

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
    return run(command(arguments));
  }

  /** Starts it where nothing is a terminal. */
  Running start(String... arguments) throws IOException {
    return start(command(arguments));
  }

  /** Starts it on a terminal of its own, with {@code script} of util-linux. */
  Running startOnTerminal(String... arguments) throws IOException {
    return onTerminal(command(arguments));
  }

  /** Starts a class of this process's class path on a terminal of its own. */
  Running startClassOnTerminal(List<String> jvmOptions, String mainClass, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(QUICK_JAVA);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    return onTerminal(command);
  }

  private Running onTerminal(List<String> command) throws IOException {
    String quoted = "'" + String.join("' '", command) + "'";
    // Who runs the tests in the background may ignore interrupts, and so would all that they start.
    String heard = "exec env --default-signal=INT " + quoted;
    return start(List.of("script", "-qec", heard, "/dev/null"));
  }

  /** Runs a command as a shell reads it. */
  Result shell(String command) throws IOException, InterruptedException {
    return run(List.of("sh", "-c", command));
  }

  /** Runs a class of the test class path instead of the jar. */
  Result runClass(String classPath, String mainClass, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(QUICK_JAVA);
    command.addAll(List.of("-cp", classPath, mainClass));
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** Starts a class of this process's class path instead of the jar. */
  Running startClass(String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(QUICK_JAVA);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(List.of(arguments));
    return start(command);
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>(QUICK_JAVA);
    command.addAll(WITHOUT_VERIFYING);
    command.addAll(List.of("-jar", System.getProperty("cli.jar")));
    command.addAll(List.of(arguments));
    return command;
  }

  private Result run(List<String> command) throws IOException, InterruptedException {
    Running running = start(command);
    running.process().getOutputStream().close();
    return running.end();
  }

  private Running start(List<String> command) throws IOException {
    Path out = Files.createTempFile("cli", ".out");
    Path err = Files.createTempFile("cli", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SCHEMA_GUARD"));
    builder.environment().keySet().removeAll(Set.of("CI", "COLUMNS", "NO_COLOR", "TERM"));
    builder.environment().putAll(environment);
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    return new Running(process, out, err);
  }
}
