// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real PgBouncer in front of a PostgreSQL, which gives each transaction one of two server
 * connections, whichever is free.
 */
public final class PgBouncer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final Path home;
  private final int port;

  private PgBouncer(Process process, Path home, int port) {
    this.process = process;
    this.home = home;
    this.port = port;
  }

  /** Whether there is one to start; where continuous integration runs, there must be. */
  static boolean isInstalled() {
    boolean installed = program().isPresent();
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException(RequiresPgBouncer.REASON);
    }
    return installed;
  }

  /**
   * Starts one in front of the tests' PostgreSQL, in the mode {@code transaction}.
   *
   * @param settings lines of its configuration that replace those of this class
   */
  public static PgBouncer start(String... settings) throws IOException {
    return startBefore(Postgres.port(), settings);
  }

  /** Starts one in front of the server on a port of this machine, which need not run. */
  public static PgBouncer startBefore(int server, String... settings) throws IOException {
    return startFor("* = host=localhost user=postgres port=" + server, settings);
  }

  /**
   * Starts one that knows a single database.
   *
   * @param database its line: {@code orders = host=localhost port=5432}
   */
  public static PgBouncer startFor(String database, String... more) throws IOException {
    Path home = Files.createTempDirectory("pgbouncer-");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
    int port = freePort();
    Path users = Files.write(home.resolve("users"), List.of("\"postgres\" \"\""));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "[databases]",
                database,
                "[pgbouncer]",
                "listen_addr = localhost",
                "listen_port = " + port,
                "unix_socket_dir =",
                "auth_type = any",
                "auth_file = " + users,
                "pool_mode = transaction",
                "default_pool_size = 2",
                "ignore_startup_parameters = extra_float_digits"));
    lines.addAll(Arrays.asList(more));
    Path settings = Files.write(home.resolve("pgbouncer.ini"), lines);
    Path log = home.resolve("log");
    String program = program().orElseThrow().toString();
    // It refuses to run as root.
    List<String> command =
        System.getProperty("user.name").equals("root")
            ? List.of("su", "nobody", "-s", "/bin/sh", "-c", "exec " + program + " " + settings)
            : List.of(program, settings.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    PgBouncer pooler = new PgBouncer(process, home, port);
    try {
      pooler.awaitListening(log);
    } catch (RuntimeException | AssertionError e) {
      pooler.close();
      throw e;
    }
    return pooler;
  }

  /** The same database, through the pooler. */
  public TestDatabase of(TestDatabase database) {
    return database.withUrl(database.url().replaceFirst("localhost:\\d+", "localhost:" + port));
  }

  private void awaitListening(Path log) {
    Patience.until(
        "PgBouncer listens; its log is " + log,
        PATIENCE,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
          }
          try (Socket client = new Socket("localhost", port)) {
            return client.isConnected();
          } catch (IOException e) {
            return false;
          }
        });
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static Optional<Path> program() {
    return Stream.of("/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer")
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.list(home)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(home);
  }
}
