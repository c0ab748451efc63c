// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real MariaDB, started when the first test asks for it and stopped with the JVM. */
public final class MariaDb {

  private static final String SERVER = "mariadbd";
  private static final String INSTALLER = "mariadb-install-db";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private static final class Shared {
    static final DatabaseServer SERVER = started();
  }

  /** The same that remembers what a connection says of itself, which by default it does not. */
  private static final class WithPerformanceSchema {
    static final DatabaseServer SERVER = started("--performance-schema=ON");
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
    return database(Shared.SERVER);
  }

  /** The same on a server of its own whose performance schema is on. */
  public static TestDatabase databaseWithPerformanceSchema() {
    return database(WithPerformanceSchema.SERVER);
  }

  private static TestDatabase database(DatabaseServer server) {
    TestDatabase database = server.database("test" + COUNT.incrementAndGet());
    try {
      database.named("").execute("CREATE DATABASE " + database.name() + " CHARACTER SET utf8mb4");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return database;
  }

  /** The database of that name, which need not exist. */
  public static TestDatabase of(String name) {
    return Shared.SERVER.database(name);
  }

  /** A server of a test's own, which runs. */
  public static DatabaseServer server(String... more) {
    return started(more);
  }

  private static DatabaseServer started(String... more) {
    try {
      Path home = ServerFolder.create();
      int port = DatabaseServer.freePort();
      DatabaseServer.run(
          home,
          DatabaseServer.command(
              path(INSTALLER),
              "--auth-root-authentication-method=normal",
              "--skip-test-db",
              "--datadir=" + home.resolve("data")));
      Path init =
          Files.write(
              home.resolve("init.sql"),
              List.of(
                  "DELETE FROM mysql.global_priv WHERE User = '';",
                  "FLUSH PRIVILEGES;",
                  "CREATE USER IF NOT EXISTS tester IDENTIFIED BY 'tester';",
                  "GRANT ALL ON *.* TO tester WITH GRANT OPTION;"));
      List<String> settings =
          new ArrayList<>(
              List.of(
                  "--datadir=" + home.resolve("data"),
                  "--socket=" + home.resolve("socket"),
                  "--tmpdir=" + home,
                  "--port=" + port,
                  "--bind-address=127.0.0.1",
                  "--innodb-buffer-pool-size=32M",
                  // To the operating system, so that a killed server has lost nothing.
                  "--innodb-flush-log-at-trx-commit=2",
                  "--innodb-flush-method=nosync",
                  "--innodb-doublewrite=0",
                  "--init-file=" + init));
      settings.addAll(Arrays.asList(more));
      DatabaseServer server =
          new DatabaseServer(
              home,
              DatabaseServer.command(path(SERVER), settings.toArray(String[]::new)),
              new TestDatabase("jdbc:mariadb://localhost:" + port + "/", "tester", "tester"));
      server.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String path(String name) {
    return program(name).orElseThrow().toString();
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
