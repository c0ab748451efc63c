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
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on a PostgreSQL of another major version, which the build lays below target. */
abstract class PostgresReleaseContract extends DatabaseContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  private final Path folder;
  private EmbeddedPostgres server;

  PostgresReleaseContract(TestedDatabase product) {
    super(product);
    folder =
        Path.of("target", "releases", product.name().toLowerCase(Locale.ROOT).replace("ql_", "-"));
  }

  @BeforeAll
  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, machine) -> archive())
            .setDataDirectory(ServerFolder.create())
            .setServerConfig("fsync", "off")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** The programs, which the jar of the release holds as its only archive. */
  private InputStream archive() throws IOException {
    try (Stream<Path> jars = Files.list(folder)) {
      ZipFile jar = new ZipFile(jars.findFirst().orElseThrow().toFile());
      ZipEntry archive =
          jar.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      return jar.getInputStream(archive);
    }
  }

  @AfterAll
  void stop() throws IOException {
    server.close();
  }

  @Override
  TestDatabase database() throws SQLException {
    String name = "test" + COUNT.incrementAndGet();
    of("postgres").execute("CREATE DATABASE " + name);
    return of(name);
  }

  private TestDatabase of(String name) {
    return new TestDatabase(
        "jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "postgres");
  }

  @Override
  DataSource powerless(TestDatabase fresh) throws SQLException {
    String role = "Reader-" + COUNT.incrementAndGet();
    fresh.execute("CREATE ROLE \"%s\" LOGIN".formatted(role));
    return fresh.as(role, role);
  }

  @Override
  boolean showsSessionLocks() {
    return true;
  }
}
