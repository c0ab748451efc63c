// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** PostgreSQL 14, for no {@code pg_dump} dumps a server that is newer than itself. */
final class OldPostgres implements AutoCloseable {

  private final EmbeddedPostgres server;

  OldPostgres() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setPgBinaryResolver((system, machine) -> archive())
            .setServerConfig("fsync", "off")
            .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
            .start();
  }

  /** The programs, which the jar of the release holds as its only archive. */
  private static InputStream archive() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target", "releases", "postgres-14"))) {
      ZipFile jar = new ZipFile(jars.findFirst().orElseThrow().toFile());
      ZipEntry archive =
          jar.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      return jar.getInputStream(archive);
    }
  }

  int port() {
    return server.getPort();
  }

  /** Its database {@code postgres}. */
  TestDatabase database() {
    return new TestDatabase(
        "jdbc:postgresql://localhost:" + port() + "/postgres", "postgres", "postgres");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
