// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A real MariaDB, started when the first test asks for it and stopped with the JVM. */
public final class MariaDb {

  private static final String SERVER = "mariadbd";
  private static final String INSTALLER = "mariadb-install-db";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Server {
    static final int PORT = start();
  }

  /** The same that remembers what a connection says of itself, which by default it does not. */
  private static final class ServerWithPerformanceSchema {
    static final int PORT = start("--performance-schema=ON");
  }

  private MariaDb() {}

  /** Whether there is a server to start; where continuous integration runs, there must be. */
  static boolean isInstalled() {
    boolean installed = program(SERVER).isPresent() && program(INSTALLER).isPresent();
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException(RequiresMariaDb.REASON);
    }
    return installed;
  }

  /** A fresh database and a role that may do everything in every database. */
  public static TestDatabase database() {
    return database(Server.PORT);
  }

  /** The same on a server of its own whose performance schema is on. */
  public static TestDatabase databaseWithPerformanceSchema() {
    return database(ServerWithPerformanceSchema.PORT);
  }

  private static TestDatabase database(int port) {
    String name = "test" + COUNT.incrementAndGet();
    try {
      of(port, "").execute("CREATE DATABASE " + name + " CHARACTER SET utf8mb4");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return of(port, name);
  }

  /** The database of that name, which need not exist. */
  public static TestDatabase of(String name) {
    return of(Server.PORT, name);
  }

  private static TestDatabase of(int port, String name) {
    return new TestDatabase("jdbc:mariadb://localhost:" + port + "/" + name, "tester", "tester");
  }

  /** The port of the server. */
  public static int port() {
    return Server.PORT;
  }

  private static int start(String... more) {
    try {
      Path home = ServerFolder.create();
      Path data = home.resolve("data");
      Path log = home.resolve("log");
      run(
          log,
          INSTALLER,
          "--no-defaults",
          "--auth-root-authentication-method=normal",
          "--skip-test-db",
          "--datadir=" + data);
      Path init =
          Files.write(
              home.resolve("init.sql"),
              List.of(
                  "DELETE FROM mysql.global_priv WHERE User = '';",
                  "FLUSH PRIVILEGES;",
                  "CREATE USER tester IDENTIFIED BY 'tester';",
                  "GRANT ALL ON *.* TO tester WITH GRANT OPTION;"));
      int port = freePort();
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--no-defaults",
                  "--datadir=" + data,
                  "--socket=" + home.resolve("socket"),
                  "--tmpdir=" + home,
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--innodb-buffer-pool-size=32M",
                  "--innodb-flush-log-at-trx-commit=0",
                  "--innodb-flush-method=nosync",
                  "--innodb-doublewrite=0",
                  "--init-file=" + init));
      arguments.addAll(Arrays.asList(more));
      Process server = process(log, SERVER, arguments.toArray(String[]::new));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
      awaitLogin(port, server, log);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitLogin(int port, Process server, Path log) {
    DataSource login =
        SimpleDataSource.of("jdbc:mariadb://localhost:" + port + "/", "tester", "tester");
    Patience.until(
        "MariaDB answers; its log is " + log,
        PATIENCE,
        () -> {
          if (!server.isAlive()) {
            throw new IllegalStateException(Files.readString(log));
          }
          try (Connection connection = login.getConnection()) {
            return connection.isValid(1);
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private static void run(Path log, String program, String... arguments) throws IOException {
    Process process = process(log, program, arguments);
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program + " failed: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Process process(Path log, String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(program(program).orElseThrow().toString());
    command.addAll(Arrays.asList(arguments));
    if (System.getProperty("user.name").equals("root")) {
      // Without it the server refuses to run as root.
      command.add("--user=root");
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static void stop(Process server, Path home) {
    server.destroyForcibly();
    server.onExit().join();
    ServerFolder.delete(home);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** A program on the PATH, or where servers are installed beside it. */
  private static Optional<Path> program(String name) {
    String path = System.getenv().getOrDefault("PATH", "");
    return Stream.concat(
            Arrays.stream(path.split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin", "/usr/local/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
