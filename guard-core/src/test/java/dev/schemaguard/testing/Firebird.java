// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A real Firebird 3, started when the first test asks for it and stopped with the JVM. */
public final class Firebird {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final List<String> FOLDERS =
      List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin", "/opt/firebird/bin");

  /** The server, with the folder of its files and its databases. */
  private record Server(Path home, int port) {
    static final Server ONE = start();
  }

  private Firebird() {}

  /** Whether there is a server to start; where continuous integration runs, there must be. */
  static boolean isInstalled() {
    boolean installed = program("firebird").isPresent() && program("isql-fb").isPresent();
    if (!installed && System.getenv("CI") != null) {
      throw new IllegalStateException(RequiresFirebird.REASON);
    }
    return installed;
  }

  /** A fresh database, which is a file of the server, and its administrator. */
  public static TestDatabase database() {
    TestDatabase database = of("test" + COUNT.incrementAndGet() + ".fdb");
    try {
      database.withUrl(database.url() + "&createDatabaseIfNotExist=true").execute();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }

  /** The database in the file of that name, which need not exist. */
  public static TestDatabase of(String file) {
    return new TestDatabase(
        "jdbc:firebirdsql://localhost:%d/%s?charSet=UTF-8"
            .formatted(Server.ONE.port(), Server.ONE.home().resolve(file)),
        "SYSDBA",
        "masterkey");
  }

  /** Sets a database to read-only, as {@code gfix -mode read_only} does. */
  public static void makeReadOnly(TestDatabase database) throws IOException {
    String file = database.url().replaceFirst("\\?.*", "").replaceFirst(".*/(?=test)", "");
    run(
        Server.ONE.home(),
        "",
        "gfix",
        "-mode",
        "read_only",
        "-user",
        database.user(),
        "-password",
        database.password(),
        "localhost/" + Server.ONE.port() + ":" + Server.ONE.home().resolve(file));
  }

  private static Server start() {
    try {
      Path home = ServerFolder.create();
      int port = freePort();
      Path users = home.resolve("users.fdb");
      Files.write(
          home.resolve("firebird.conf"),
          List.of(
              "RemoteServicePort = " + port,
              "RemoteBindAddress = localhost",
              "RemoteAuxPort = 0",
              "SecurityDatabase = " + users,
              "WireCrypt = Enabled"));
      Files.createFile(home.resolve("databases.conf"));
      Files.createFile(home.resolve("plugins.conf"));
      run(
          home,
          "CREATE DATABASE '"
              + users
              + "' USER 'SYSDBA';\nCREATE USER SYSDBA PASSWORD 'masterkey';\nEXIT;\n",
          "isql-fb",
          "-q");
      Process server = process(home, "firebird");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
      awaitLogin(server, home, port, users);
      return new Server(home, port);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitLogin(Process server, Path home, int port, Path users) {
    DataSource login =
        SimpleDataSource.of(
            "jdbc:firebirdsql://localhost:" + port + "/" + users + "?charSet=UTF-8",
            "SYSDBA",
            "masterkey");
    Patience.until(
        "Firebird answers; its log is in " + home,
        PATIENCE,
        () -> {
          if (!server.isAlive()) {
            throw new IllegalStateException(Files.readString(home.resolve("log")));
          }
          try (Connection connection = login.getConnection()) {
            return connection.isValid(1);
          } catch (SQLException e) {
            return false;
          }
        });
  }

  private static void run(Path home, String input, String program, String... arguments)
      throws IOException {
    Process process = process(home, program, arguments);
    try (var text = process.outputWriter(UTF_8)) {
      text.write(input);
    }
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(program + " failed: " + Files.readString(home.resolve("log")));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Process process(Path home, String program, String... arguments)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(program(program).orElseThrow().toString()), Stream.of(arguments))
                    .toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("log").toFile()));
    builder.environment().put("FIREBIRD", home.toString());
    builder.environment().put("FIREBIRD_LOCK", home.toString());
    builder.environment().put("FIREBIRD_TMP", home.toString());
    return builder.start();
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

  private static Optional<Path> program(String name) {
    return FOLDERS.stream()
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
