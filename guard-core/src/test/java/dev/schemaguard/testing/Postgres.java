// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL, started when the first test asks for it and stopped with the JVM. */
public final class Postgres {

  private static final String SUPERUSER = "postgres";
  private static final String WITH_PASSWORD = "with_password";
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** Nothing but the tests writes: no background work may look like a write of the guard. */
  private static final class Server {
    static final EmbeddedPostgres RUNNING = start();

    /** One connection for all new databases and roles: to open one costs more than to make one. */
    static final Connection CREATES = connect();

    private static Connection connect() {
      try {
        Connection connection = RUNNING.getPostgresDatabase().getConnection();
        try (Statement statement = connection.createStatement()) {
          statement.execute("CREATE ROLE " + WITH_PASSWORD);
        }
        return connection;
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder()
            .setDataDirectory(ServerFolder.create())
            .setServerConfig("autovacuum", "off")
            .setServerConfig("checkpoint_timeout", "1h")
            .setServerConfig("fsync", "off")
            .setServerConfig("max_wal_senders", "0")
            // To derive the key of a password costs the driver more than the rest of a login.
            .setServerConfig("scram_iterations", "1")
            .setServerConfig("wal_level", "minimal")
            .setDataDirectoryCustomizer(Server::demandPasswords)
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
      } catch (IOException e) {
        throw new UncheckedIOException("PostgreSQL does not start", e);
      }
    }

    /** Everybody may come in, but the members of one role only with their password. */
    private static void demandPasswords(File dataDirectory) {
      Path rules = dataDirectory.toPath().resolve("pg_hba.conf");
      try {
        String trust = Files.readString(rules);
        Files.writeString(rules, "host all +" + WITH_PASSWORD + " all scram-sha-256\n" + trust);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Postgres() {}

  /** A fresh database and its superuser. */
  public static TestDatabase database() {
    return create("");
  }

  /** A fresh database that is like another one, to which nobody is connected. */
  public static TestDatabase copy(TestDatabase original) {
    return create(" TEMPLATE " + original.url().replaceFirst(".*/", ""));
  }

  /** Copies files, which is twice as fast as writing a log of them. */
  private static TestDatabase create(String template) {
    String name = "test" + COUNT.incrementAndGet();
    synchronized (Server.RUNNING) {
      try (Statement statement = Server.CREATES.createStatement()) {
        statement.execute("CREATE DATABASE " + name + template + " STRATEGY FILE_COPY");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
    return of(name);
  }

  /** The database of that name, which need not exist. */
  public static TestDatabase of(String name) {
    return new TestDatabase(
        "jdbc:postgresql://localhost:" + port() + "/" + name, SUPERUSER, SUPERUSER);
  }

  /**
   * A new role that may do nothing but log in, with its name as password.
   *
   * @param prefix what its name begins with
   */
  public static String role(String prefix) throws SQLException {
    String role = prefix + COUNT.incrementAndGet();
    String create =
        "CREATE ROLE \"%s\" LOGIN PASSWORD '%s' IN ROLE %s".formatted(role, role, WITH_PASSWORD);
    synchronized (Server.RUNNING) {
      try (Statement statement = Server.CREATES.createStatement()) {
        statement.execute(create);
      }
    }
    return role;
  }

  /** The port of the server. */
  public static int port() {
    return Server.RUNNING.getPort();
  }
}
