// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A real MySQL 8, started when the first test asks for it and stopped with the JVM. */
public final class MySql {

  /** Where guard-core has it, seen from the modules below it. */
  private static final Path ARCHIVE = Path.of("../target/releases/mysql");

  private static final String SERVER = "mysql-Linux-amd64.tar.gz";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {
    static final DatabaseServer SERVER = started();
  }

  /** The programs of the server, unpacked. */
  private static final class Programs {
    static final Path BASE = unpacked();
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
      Shared.SERVER.database("").execute("CREATE DATABASE " + name);
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

  /** The same by MySQL's driver. */
  public static TestDatabase byMySqlDriver(TestDatabase database) {
    return database.withUrl(
        database.url().replace("jdbc:mariadb:", "jdbc:mysql:").replaceFirst("\\?.*", "")
            + "?allowPublicKeyRetrieval=true&sslMode=DISABLED");
  }

  /** The database of that name, which need not exist. */
  public static TestDatabase of(String name) {
    return byMySqlDriver(Shared.SERVER.database(name));
  }

  /** The name of a database. */
  public static String name(TestDatabase database) {
    return database.name();
  }

  /** A server of a test's own, which runs. */
  public static DatabaseServer server(String... more) {
    return started(more);
  }

  private static DatabaseServer started(String... more) {
    try {
      Path home = ServerFolder.create();
      int port = DatabaseServer.freePort();
      String program = Programs.BASE.resolve("bin/mysqld").toString();
      List<String> settings = new ArrayList<>(Arrays.asList(more));
      settings.add("--basedir=" + Programs.BASE);
      settings.add("--datadir=" + home.resolve("data"));
      Path init =
          Files.write(
              home.resolve("init.sql"),
              List.of(
                  "CREATE USER IF NOT EXISTS tester IDENTIFIED BY 'tester';",
                  "GRANT ALL ON *.* TO tester WITH GRANT OPTION;"));
      List<String> initialize = new ArrayList<>(settings);
      initialize.add("--initialize-insecure");
      DatabaseServer.run(home, DatabaseServer.command(program, initialize.toArray(String[]::new)));
      settings.addAll(
          List.of(
              "--socket=" + home.resolve("socket"),
              "--tmpdir=" + home,
              "--port=" + port,
              "--bind-address=127.0.0.1",
              "--mysqlx=OFF",
              "--skip-log-bin",
              "--innodb-buffer-pool-size=32M",
              // To the operating system, so that a killed server has lost nothing.
              "--innodb-flush-log-at-trx-commit=2",
              "--innodb-doublewrite=0",
              "--init-file=" + init));
      DatabaseServer server =
          new DatabaseServer(
              home,
              DatabaseServer.command(program, settings.toArray(String[]::new)),
              new TestDatabase(
                  "jdbc:mariadb://localhost:" + port + "/?allowPublicKeyRetrieval=true",
                  "tester",
                  "tester"));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unpacked() {
    try {
      Path base = ServerFolder.create();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> ServerFolder.delete(base)));
      Path archive = base.resolve(SERVER);
      try (ZipFile jar = new ZipFile(jar().toFile())) {
        ZipEntry entry = jar.getEntry(SERVER);
        Files.copy(jar.getInputStream(entry), archive);
      }
      DatabaseServer.run(base, List.of("tar", "xzf", archive.toString(), "-C", base.toString()));
      Files.delete(archive);
      return base;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path jar() throws IOException {
    try (var files = Files.list(ARCHIVE)) {
      return files.findFirst().orElseThrow();
    }
  }
}
