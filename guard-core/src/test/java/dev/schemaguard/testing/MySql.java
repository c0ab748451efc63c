// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.sql.DataSource;

/** A real MySQL 8, started when the first test asks for it and stopped with the JVM. */
public final class MySql {

  private static final Path ARCHIVE = Path.of("target/releases/mysql");
  private static final String SERVER = "mysql-Linux-amd64.tar.gz";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Server {
    static final int PORT = start();
  }

  private MySql() {}

  /** Whether there is a server to start; where continuous integration runs, there must be. */
  static boolean isAvailable() {
    boolean available =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && Files.isDirectory(ARCHIVE);
    if (!available && System.getenv("CI") != null) {
      throw new IllegalStateException(RequiresMySql.REASON);
    }
    return available;
  }

  /** A fresh database, and a role that may do everything in every database. */
  public static TestDatabase database() {
    String name = "test" + COUNT.incrementAndGet();
    try {
      of("").execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return of(name);
  }

  /** The same by MariaDB's driver. */
  public static TestDatabase byMariaDbDriver(TestDatabase database) {
    return database.withUrl(
        database.url().replace("jdbc:mysql:", "jdbc:mariadb:").replaceFirst("\\?.*", "")
            + "?allowPublicKeyRetrieval=true");
  }

  /** The database of that name, which need not exist. */
  public static TestDatabase of(String name) {
    return new TestDatabase(
        "jdbc:mysql://localhost:"
            + Server.PORT
            + "/"
            + name
            + "?allowPublicKeyRetrieval=true&sslMode=DISABLED",
        "tester",
        "tester");
  }

  /** The name of a database. */
  public static String name(TestDatabase database) {
    return database.url().replaceFirst("\\?.*", "").replaceFirst(".*/", "");
  }

  private static int start() {
    try {
      Path home = ServerFolder.create();
      Path base = unpacked(home);
      Path data = home.resolve("data");
      Path log = home.resolve("log");
      List<String> folders = List.of("--basedir=" + base, "--datadir=" + data);
      Path init =
          Files.write(
              home.resolve("init.sql"),
              List.of(
                  "CREATE USER tester IDENTIFIED BY 'tester';",
                  "GRANT ALL ON *.* TO tester WITH GRANT OPTION;"));
      run(process(log, base, folders, "--initialize-insecure"), log);
      int port = freePort();
      Process server =
          process(
              log,
              base,
              folders,
              "--socket=" + home.resolve("socket"),
              "--tmpdir=" + home,
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--mysqlx=OFF",
              "--skip-log-bin",
              "--innodb-buffer-pool-size=32M",
              "--innodb-flush-log-at-trx-commit=0",
              "--innodb-doublewrite=0",
              "--init-file=" + init);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, home)));
      awaitLogin(port, server, log);
      return port;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unpacked(Path home) throws IOException {
    Path base = Files.createDirectory(home.resolve("server"));
    Path archive = home.resolve(SERVER);
    try (ZipFile jar = new ZipFile(jar().toFile())) {
      ZipEntry entry = jar.getEntry(SERVER);
      Files.copy(jar.getInputStream(entry), archive);
    }
    Path log = home.resolve("log");
    run(
        new ProcessBuilder("tar", "xzf", archive.toString(), "-C", base.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start(),
        log);
    Files.delete(archive);
    return base;
  }

  private static Path jar() throws IOException {
    try (var files = Files.list(ARCHIVE)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static void awaitLogin(int port, Process server, Path log) {
    DataSource login =
        SimpleDataSource.of(
            "jdbc:mysql://localhost:" + port + "/?allowPublicKeyRetrieval=true&sslMode=DISABLED",
            "tester",
            "tester");
    Patience.until(
        "MySQL answers; its log is " + log,
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

  private static void run(Process process, Path log) throws IOException {
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("MySQL cannot be set up: " + Files.readString(log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static Process process(Path log, Path base, List<String> folders, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(base.resolve("bin/mysqld").toString());
    command.add("--no-defaults");
    command.addAll(folders);
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
}
