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

/**
 * PostgreSQL 15: a {@code pg_dump} cannot dump a server that is newer than itself, and what a newer
 * {@code pg_restore --create} writes is not understood by a server older than 15.
 */
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
    try (Stream<Path> jars = Files.list(Path.of("target", "releases", "postgres-15"))) {
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
