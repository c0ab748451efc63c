// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server of MySQL or MariaDB, which may be stopped, killed and started again, always on the same
 * port and data. It ends with the JVM at the latest.
 */
public final class DatabaseServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path home;
  private final List<String> command;
  private final TestDatabase login;
  private Process process;

  /**
   * Creates a server that does not run yet.
   *
   * @param home its folder, which is deleted with it
   * @param command the program with its arguments
   * @param login how it is reached once it runs
   */
  DatabaseServer(Path home, List<String> command, TestDatabase login) {
    this.home = home;
    this.command = command;
    this.login = login;
  }

  /** Starts it, after a kill with the server's own recovery, and waits until it answers. */
  public void start() throws IOException {
    process = process(home, command);
    Process started = process;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started)));
    Patience.until(
        "the server answers; its log is " + log(home),
        PATIENCE,
        () -> {
          if (!started.isAlive()) {
            throw new IllegalStateException(Files.readString(log(home)));
          }
          return isAnswering();
        });
  }

  private boolean isAnswering() {
    try (Connection connection = login.dataSource().getConnection()) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The database of that name, which need not exist, with a role that may do everything. */
  public TestDatabase database(String name) {
    return login.named(name);
  }

  /** Stops it in an orderly way. */
  public void stop() {
    process.destroy();
    process.onExit().join();
  }

  /** Kills it at once. */
  public void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    end(process);
  }

  private void end(Process last) {
    last.destroyForcibly();
    last.onExit().join();
    if (Files.exists(home) && !process.isAlive()) {
      ServerFolder.delete(home);
    }
  }

  /** Runs a program to its end. */
  static void run(Path home, List<String> command) throws IOException {
    Process process = process(home, command);
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command.get(0) + " failed: " + Files.readString(log(home)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** The command for a server or for what makes its data. */
  static List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.add("--no-defaults");
    command.addAll(List.of(arguments));
    if (System.getProperty("user.name").equals("root")) {
      // Without it the server refuses to run as root.
      command.add("--user=root");
    }
    return command;
  }

  private static Process process(Path home, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(home).toFile()))
        .start();
  }

  private static Path log(Path home) {
    return home.resolve("log");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
