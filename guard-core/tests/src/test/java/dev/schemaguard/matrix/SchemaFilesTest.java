// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schema file is found beside the matrix or the chain, and read when it is needed. */
class SchemaFilesTest {

  private static final String MATRIX = "| App version | Expected |\n|---|---|\n| current | |\n";
  private static final String FILE = "table orders\n  id integer\n";

  @TempDir private Path folder;

  private Path write(String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.writeString(path, text);
  }

  private static Optional<String> read(CompatibilityMatrix matrix, String dbms) {
    return matrix.schemaFile(dbms, (text, origin) -> origin + "|" + text);
  }

  @Test
  void besideAMatrixInAFile() throws IOException {
    Path document = write("compatibility.md", MATRIX);
    write("revisions.txt", "a\n");
    Path file = write("schema.postgresql.txt", "\uFEFF" + FILE);
    CompatibilityMatrix matrix = CompatibilityMatrix.file(document);

    assertThat(matrix.hasSchemaFile("postgresql")).isTrue();
    assertThat(matrix.hasSchemaFile("mysql")).isFalse();
    assertThat(matrix.schemaFileProducts()).containsExactly("postgresql");
    assertThat(read(matrix, "postgresql")).contains(file + "|" + FILE);
    assertThat(read(matrix, "mysql")).isEmpty();
  }

  @Test
  void besideAChainInAnotherFolder() throws IOException {
    Path document = write("docs/compatibility.md", MATRIX);
    Path chain = write("files/revisions.txt", "a\n");
    write("files/schema.h2.txt", FILE);

    assertThat(CompatibilityMatrix.file(document, chain).schemaFileProducts())
        .containsExactly("h2");
  }

  @Test
  void besideAChainAloneOnTheClassPath() throws IOException {
    write("app/schema-guard/revisions.txt", "a\n");
    write("app/schema-guard/schema.h2.txt", FILE);
    try (URLClassLoader loader = loader("app/")) {
      CompatibilityMatrix matrix = CompatibilityMatrix.bundled(loader).orElseThrow();

      assertThat(matrix.hasSchemaFile("h2")).isTrue();
      assertThat(read(matrix, "h2")).contains("classpath:schema-guard/schema.h2.txt|" + FILE);
    }
  }

  @Test
  void beneathEachOfSeveralMatricesOnTheClassPath() throws IOException {
    write("app/schema-guard/schema.h2.txt", "table other\n  id integer\n");
    write("app/schema-guard/reporting/compatibility.md", MATRIX);
    write("app/schema-guard/reporting/revisions.txt", "a\n");
    write("app/schema-guard/reporting/schema.h2.txt", FILE);
    try (URLClassLoader loader = loader("app/")) {
      CompatibilityMatrix matrix =
          CompatibilityMatrix.bundled(
                  loader,
                  "schema-guard/reporting/compatibility.md",
                  "schema-guard/reporting/revisions.txt")
              .orElseThrow();

      assertThat(read(matrix, "h2").orElseThrow()).endsWith(FILE);
    }
  }

  @Test
  void twoOnTheClassPathAreRefusedWhenTheyAreNeeded() throws IOException {
    write("app/schema-guard/revisions.txt", "a\n");
    write("app/schema-guard/schema.h2.txt", FILE);
    write("lib/schema-guard/schema.h2.txt", FILE);
    try (URLClassLoader loader = loader("app/", "lib/")) {
      CompatibilityMatrix matrix = CompatibilityMatrix.bundled(loader).orElseThrow();

      assertThat(error(() -> matrix.hasSchemaFile("h2")).reason())
          .startsWith("found more than one");
    }
  }

  @Test
  void aBrokenLinkIsAnErrorAndNotAMissingFile() throws IOException {
    Path document = write("compatibility.md", MATRIX);
    Files.createSymbolicLink(folder.resolve("schema.h2.txt"), folder.resolve("gone.txt"));
    CompatibilityMatrix matrix = CompatibilityMatrix.file(document);

    assertThat(matrix.hasSchemaFile("h2")).isTrue();
    assertThat(error(() -> read(matrix, "h2")).reason()).isEqualTo("there is no such file");
  }

  @Test
  void isParsedOnceEvenIfItIsAskedForOften() throws IOException {
    Path document = write("compatibility.md", MATRIX);
    write("schema.h2.txt", FILE);
    CompatibilityMatrix matrix = CompatibilityMatrix.file(document);
    List<String> parsed = new ArrayList<>();

    for (int i = 0; i < 3; i++) {
      matrix.schemaFile("h2", (text, origin) -> parsed.add(origin));
    }

    assertThat(parsed).hasSize(1);
  }

  @Test
  void besideAMatrixAtAUrlIsOneRequestAndOnlyForTheProductThatIsAsked() throws IOException {
    List<String> requests = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          requests.add(path);
          String text =
              path.endsWith(".md")
                  ? MATRIX
                  : path.endsWith("revisions.txt")
                      ? "a\n"
                      : path.endsWith("schema.h2.txt") ? FILE : null;
          byte[] body = (text == null ? "none" : text).getBytes(UTF_8);
          exchange.sendResponseHeaders(text == null ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String base = "http://localhost:" + server.getAddress().getPort() + "/guard/";
      CompatibilityMatrix matrix =
          CompatibilityMatrix.url(URI.create(base + "compatibility.md"), Duration.ofSeconds(10));
      assertThat(requests).doesNotContain("/guard/schema.h2.txt");

      assertThat(read(matrix, "h2")).contains(base + "schema.h2.txt|" + FILE);
      assertThat(read(matrix, "h2")).isPresent();
      assertThat(matrix.hasSchemaFile("mysql")).isFalse();
      assertThat(matrix.hasSchemaFile("mysql")).isFalse();
      assertThat(matrix.schemaFileProducts()).isEmpty();
      assertThat(requests)
          .containsExactly(
              "/guard/compatibility.md",
              "/guard/revisions.txt",
              "/guard/schema.h2.txt",
              "/guard/schema.mysql.txt");
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aMatrixInCodeTakesTheText() {
    CompatibilityMatrix matrix =
        CompatibilityMatrix.ofChain(RevisionChain.parse("a\n", "revisions.txt"))
            .withSchemaFile("h2", FILE, "a text")
            .withSchemaFile("mysql", FILE, "another text");

    assertThat(matrix.schemaFileProducts()).containsExactly("h2", "mysql");
    assertThat(read(matrix, "h2")).contains("a text|" + FILE);
    assertThat(matrix.rows()).hasSize(1);
  }

  private URLClassLoader loader(String... roots) throws IOException {
    URL[] urls = new URL[roots.length];
    for (int i = 0; i < roots.length; i++) {
      urls[i] = folder.resolve(roots[i]).toUri().toURL();
    }
    return new URLClassLoader(urls, null);
  }
}
