// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.ServerFolder;
import dev.schemaguard.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A running PostgreSQL of another major version, which the build lays below target. */
final class PostgresRelease implements AutoCloseable {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final EmbeddedPostgres server;

  private PostgresRelease(EmbeddedPostgres server) {
    this.server = server;
  }

  static PostgresRelease start(TestedDatabase product) throws IOException {
    Path folder =
        Path.of("target", "releases", product.name().toLowerCase(Locale.ROOT).replace("ql_", "-"));
    return new PostgresRelease(
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, machine) -> archive(folder))
            .setDataDirectory(ServerFolder.create())
            .setServerConfig("fsync", "off")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The programs, which the jar of the release holds as its only archive. */
  private static InputStream archive(Path folder) throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      ZipFile jar = new ZipFile(jars.findFirst().orElseThrow().toFile());
      ZipEntry archive =
          jar.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      return jar.getInputStream(archive);
    }
  }

  /** A fresh database and its superuser. */
  TestDatabase database() throws SQLException {
    String name = "test" + COUNT.incrementAndGet();
    of("postgres").execute("CREATE DATABASE " + name);
    return of(name);
  }

  /** A new role that may do nothing but log in. */
  String role() throws SQLException {
    String role = "Reader-" + COUNT.incrementAndGet();
    of("postgres").execute("CREATE ROLE \"%s\" LOGIN".formatted(role));
    return role;
  }

  private TestDatabase of(String name) {
    return new TestDatabase(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
