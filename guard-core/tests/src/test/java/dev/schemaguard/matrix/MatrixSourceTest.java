// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.schemaguard.testing.Statewave;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixSourceTest {

  private static final String MATRIX =
      "| App version | Expected |\n|---|---|\n| current | |\n| 1.0 | a |\n";

  @TempDir Path folder;

  private Path write(String file, String text) throws IOException {
    return write(file, text.getBytes(UTF_8));
  }

  private Path write(String file, byte[] content) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.write(path, content);
  }

  @Nested
  class Bundled {

    private Optional<CompatibilityMatrix> bundled(String... roots) throws IOException {
      URL[] urls = new URL[roots.length];
      for (int i = 0; i < roots.length; i++) {
        urls[i] = folder.resolve(roots[i]).toUri().toURL();
      }
      try (URLClassLoader loader = new URLClassLoader(urls, null)) {
        return CompatibilityMatrix.bundled(loader);
      }
    }

    @Test
    void withNeitherMatrixNorChainThereIsNone() throws IOException {
      write("app/other.txt", "");

      assertThat(bundled("app/")).isEmpty();
    }

    @Test
    void theMatrixComesWithItsChain() throws IOException {
      write("app/schema-guard/compatibility.md", MATRIX);
      write("app/schema-guard/revisions.txt", "a\nb\n");
      CompatibilityMatrix matrix = bundled("app/").orElseThrow();

      assertThat(matrix.origin()).isEqualTo("classpath:schema-guard/compatibility.md");
      assertThat(matrix.chain().orElseThrow().origin())
          .isEqualTo("classpath:schema-guard/revisions.txt");
      assertThat(matrix.rowFor("deadbeef", true)).map(MatrixRow::label).contains("current");
      assertThat(matrix.rowFor("2.0", false)).isEmpty();
    }

    @Test
    void theMatrixMayBeAlone() throws IOException {
      write("app/schema-guard/compatibility.md", MATRIX);

      assertThat(bundled("app/").orElseThrow().chain()).isEmpty();
    }

    @Test
    void theChainAloneImpliesTheRowCurrent() throws IOException {
      write("app/schema-guard/revisions.txt", "a\nb\n");
      CompatibilityMatrix matrix = bundled("app/").orElseThrow();

      assertThat(matrix.rows()).hasSize(1);
      assertThat(matrix.rowFor("1.0", true)).map(MatrixRow::label).contains("current");
    }

    @Test
    void anApplicationOfSeveralDatabasesNamesEachPair() throws IOException {
      write("app/schema-guard/reporting/compatibility.md", MATRIX);
      write("app/schema-guard/reporting/revisions.txt", "a\nb\n");
      URL app = folder.resolve("app/").toUri().toURL();
      try (URLClassLoader loader = new URLClassLoader(new URL[] {app}, null)) {
        CompatibilityMatrix matrix =
            CompatibilityMatrix.bundled(
                    loader,
                    "schema-guard/reporting/compatibility.md",
                    "schema-guard/reporting/revisions.txt")
                .orElseThrow();

        assertThat(matrix.origin()).isEqualTo("classpath:schema-guard/reporting/compatibility.md");
        assertThat(matrix.chain().orElseThrow().origin())
            .isEqualTo("classpath:schema-guard/reporting/revisions.txt");
        assertThat(CompatibilityMatrix.bundled(loader)).isEmpty();
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compatibility.md", "revisions.txt"})
    void twoOfThemAreRefusedAndBothPlacesNamed(String document) throws IOException {
      write("app/schema-guard/compatibility.md", MATRIX);
      write("app/schema-guard/revisions.txt", "a\n");
      write("lib/schema-guard/" + document, document.endsWith(".md") ? MATRIX : "a\n");
      ConfigurationException error = error(() -> bundled("app/", "lib/"));

      assertThat(error.location()).isEqualTo("classpath:schema-guard/" + document);
      assertThat(error.reason())
          .startsWith("found more than one: ")
          .contains("app/schema-guard/" + document + " and file:")
          .endsWith("lib/schema-guard/" + document);
    }

    @Test
    void theSamePlaceTwiceIsOnePlace() throws IOException {
      write("app/schema-guard/compatibility.md", MATRIX);

      assertThat(bundled("app/", "app/")).isPresent();
    }

    @Test
    void itIsReadFromAJar() throws IOException {
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(folder.resolve("app.jar")))) {
        jar.putNextEntry(new JarEntry("schema-guard/compatibility.md"));
        jar.write(MATRIX.getBytes(UTF_8));
      }

      assertThat(bundled("app.jar").orElseThrow().rows()).hasSize(2);
    }

    @Test
    void theContextClassLoaderIsAsked() throws IOException {
      write("app/schema-guard/revisions.txt", "a\n");
      Thread thread = Thread.currentThread();
      ClassLoader before = thread.getContextClassLoader();
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {folder.resolve("app/").toUri().toURL()}, null)) {
        thread.setContextClassLoader(loader);
        assertThat(CompatibilityMatrix.bundled()).isPresent();
        thread.setContextClassLoader(null);
        assertThat(CompatibilityMatrix.bundled().map(CompatibilityMatrix::origin))
            .isEqualTo(
                CompatibilityMatrix.bundled(CompatibilityMatrix.class.getClassLoader())
                    .map(CompatibilityMatrix::origin));
      } finally {
        thread.setContextClassLoader(before);
      }
    }

    @Test
    void errorsNameTheResourceAndItsLine() throws IOException {
      write("app/schema-guard/compatibility.md", MATRIX + "| 1.0 | b |\n");

      assertThat(error(() -> bundled("app/")).location())
          .isEqualTo("classpath:schema-guard/compatibility.md:5");
    }

    @ParameterizedTest
    @CsvSource({"statewave, 12, 8, 0", "fulcrum, 4, 3, 2"})
    void theSampleApplicationsAreWhole(String application, int revisions, int rows, int clients)
        throws IOException {
      for (String document : new String[] {"compatibility.md", "revisions.txt"}) {
        String resource = application + "/schema-guard/" + document;
        write(resource, Statewave.resource(resource));
      }
      CompatibilityMatrix matrix = bundled(application + "/").orElseThrow();

      assertThat(matrix.application()).contains(application);
      assertThat(matrix.chain().orElseThrow().revisions()).hasSize(revisions);
      assertThat(matrix.rows()).hasSize(rows).allSatisfy(matrix::resolve);
      assertThat(matrix.clients().components()).hasSize(clients);
      assertThat(matrix.clients().errors()).isEmpty();
    }
  }

  @Nested
  class InAFile {

    @Test
    void theChainStandsBesideIt() throws IOException {
      Path matrix = write("x/matrix.md", MATRIX);
      write("x/revisions.txt", "a\nb\n");

      assertThat(CompatibilityMatrix.file(matrix).origin()).isEqualTo(matrix.toString());
      assertThat(CompatibilityMatrix.file(matrix).chain().orElseThrow().revisions()).hasSize(2);
    }

    @Test
    void orIsNamed() throws IOException {
      Path matrix = write("x/matrix.md", MATRIX);
      write("x/revisions.txt", "a\nb\n");
      Path chain = write("y/chain.txt", "a\n");

      assertThat(CompatibilityMatrix.file(matrix, chain).chain().orElseThrow().revisions())
          .hasSize(1);
      assertThat(RevisionChain.file(chain).revisions()).hasSize(1);
    }

    @Test
    void orIsNotThereAndNeverTheBundledOne() throws IOException {
      assertThat(CompatibilityMatrix.file(write("x/matrix.md", MATRIX)).chain()).isEmpty();
    }

    @Test
    void currentServesAnApplicationWithoutVersionOnly() throws IOException {
      CompatibilityMatrix matrix = CompatibilityMatrix.file(write("x/matrix.md", MATRIX));

      assertThat(matrix.rowFor(null, true)).map(MatrixRow::label).contains("current");
      assertThat(matrix.rowFor("1.0", true)).map(MatrixRow::label).contains("1.0");
      assertThat(matrix.rowFor("1.0-SNAPSHOT", true)).map(MatrixRow::label).contains("1.0");
      assertThat(matrix.rowFor("2.0", true)).isEmpty();
      assertThat(matrix.rowFor("deadbeef", true)).isEmpty();
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
      Path matrix = write("x/matrix.md", MATRIX);
      Path missing = folder.resolve("missing");

      assertThat(error(() -> CompatibilityMatrix.file(missing)).getMessage())
          .isEqualTo(
              missing + ": there is no such file. Name a document that this process may read.");
      assertThat(error(() -> CompatibilityMatrix.file(matrix, missing)).location())
          .isEqualTo(missing.toString());
      assertThat(error(() -> RevisionChain.file(missing)).reason())
          .isEqualTo("there is no such file");
    }

    @Test
    void aFolderIsRefused() {
      assertThat(error(() -> CompatibilityMatrix.file(folder)).reason())
          .startsWith("it cannot be read (");
    }

    @Test
    void aChainThatCannotBeReadIsNotTakenForNone() throws IOException {
      Path matrix = write("x/matrix.md", MATRIX);
      Files.createSymbolicLink(folder.resolve("x/revisions.txt"), folder.resolve("gone"));

      assertThat(error(() -> CompatibilityMatrix.file(matrix)).reason())
          .isEqualTo("there is no such file");
    }

    @Test
    void whatIsNotUtf8IsRefusedWithItsLine() throws IOException {
      Path matrix =
          write("m.md", ("Ä\n" + MATRIX + "\n\u00fc\n").getBytes(StandardCharsets.ISO_8859_1));
      Path truncated = write("t.txt", new byte[] {'a', '\n', 'b', '\n', (byte) 0xC3});
      Path utf16 = write("u.md", MATRIX.getBytes(StandardCharsets.UTF_16));
      Path utf16Chain = write("u.txt", "a\nb\n".getBytes(StandardCharsets.UTF_16LE));

      assertThat(error(() -> CompatibilityMatrix.file(matrix)).location()).isEqualTo(matrix + ":1");
      assertThat(error(() -> RevisionChain.file(truncated)).location()).isEqualTo(truncated + ":3");
      assertThat(error(() -> RevisionChain.file(truncated)).reason())
          .isEqualTo("the document is not UTF-8 here");
      assertThat(error(() -> CompatibilityMatrix.file(utf16)).reason()).contains("not UTF-8");
      assertThat(error(() -> RevisionChain.file(utf16Chain)).reason())
          .endsWith("is not a name of a revision");
    }

    @Test
    void theCharacterThatStandsForBrokenOnesMayBeWritten() throws IOException {
      Path chain = write("r.txt", "a\uFFFD\nb\n");

      assertThat(RevisionChain.file(chain).indexOfName("a\uFFFD")).isZero();
    }

    @Test
    void aByteOrderMarkIsNoContent() throws IOException {
      Path matrix = write("x/matrix.md", "\uFEFFApplication: x\r\n\r\n" + MATRIX);
      write("x/revisions.txt", "\uFEFFa\r\nb\r\n");

      assertThat(CompatibilityMatrix.file(matrix).application()).contains("x");
      assertThat(CompatibilityMatrix.file(matrix).chain().orElseThrow().indexOfName("a")).isZero();
    }
  }

  @Nested
  class AtAUrl {

    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Map<String, Integer> codes = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(executor);
      server.createContext("/", this::answer);
      server.start();
      pages.put("/x/matrix.md", MATRIX);
      pages.put("/x/revisions.txt", "a\nb\n");
    }

    @AfterEach
    void stopServer() {
      over.countDown();
      server.stop(0);
      executor.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
      String address = exchange.getRequestURI().toString();
      String page = pages.get(address);
      int code = codes.getOrDefault(address, page == null ? 404 : 200);
      try (exchange) {
        if ("HANG".equals(page)) {
          await();
        }
        if (code == 301) {
          exchange.getResponseHeaders().add("Location", "https://127.0.0.1:1/");
        }
        if ("SLOW".equals(page)) {
          exchange.sendResponseHeaders(200, 0);
          drip(exchange.getResponseBody(), null);
        }
        byte[] body = page == null ? new byte[0] : page.getBytes(UTF_8);
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
      }
    }

    private void await() {
      try {
        over.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** A byte every 20 ms until nobody reads any more. */
    private void drip(OutputStream out, @Nullable Socket socket) {
      try (socket) {
        while (over.getCount() > 0) {
          out.write('a');
          out.flush();
          Thread.sleep(20);
        }
      } catch (IOException | InterruptedException gone) {
        over.countDown();
      }
    }

    private URI uri(String path) {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void theChainStandsBesideIt() {
      CompatibilityMatrix matrix = CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH);

      assertThat(matrix.origin()).isEqualTo(uri("/x/matrix.md").toString());
      assertThat(matrix.chain().orElseThrow().revisions()).hasSize(2);
      assertThat(matrix.chain().orElseThrow().origin())
          .isEqualTo(uri("/x/revisions.txt").toString());
      assertThat(matrix.rowFor("2.0", true)).isEmpty();
      assertThat(matrix.rowFor(null, true)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aServerThatHasNoChainSaysSo(int code) {
      codes.put("/x/revisions.txt", code);

      assertThat(CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH).chain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 401, 403, 500, 503, 204})
    void anyOtherAnswerIsNotTakenForNone(int code) {
      codes.put("/x/revisions.txt", code);
      if (code == 204) {
        pages.put("/x/revisions.txt", "");
      }
      ConfigurationException error =
          error(() -> CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH));

      assertThat(error.location()).isEqualTo(uri("/x/revisions.txt").toString());
      assertThat(error.reason())
          .isEqualTo("it cannot be read (IOException: the server answered " + code + ")");
    }

    @Test
    void aPageInTheChainsPlaceIsNoChain() {
      pages.put("/x/revisions.txt", "<!doctype html>\n<html><body>Sign in</body></html>");

      assertThat(error(() -> CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH)).reason())
          .isEqualTo("'<!doctype html>' is not a name of a revision");
    }

    @Test
    void aMissingMatrixIsRefused() {
      assertThat(error(() -> CompatibilityMatrix.url(uri("/y/matrix.md"), ENOUGH)).getMessage())
          .isEqualTo(
              uri("/y/matrix.md")
                  + ": there is no such file. Name a document that this process may read.");
    }

    @Test
    void theTokenOfAQueryGoesToTheChainTooAndIntoNoMessage() {
      pages.put("/z/matrix.md?token=s3cret", MATRIX + "| 1.0 | b |\n");
      pages.put("/z/revisions.txt?token=s3cret", "a\nb\nc\n");
      URI uri = uri("/z/matrix.md?token=s3cret");

      assertThat(error(() -> CompatibilityMatrix.url(uri, ENOUGH)).location())
          .isEqualTo(uri("/z/matrix.md") + ":5");
      pages.put("/z/matrix.md?token=s3cret", MATRIX);
      assertThat(CompatibilityMatrix.url(uri, ENOUGH).chain().orElseThrow().revisions()).hasSize(3);
    }

    @Test
    void aPasswordGoesIntoNoMessage() {
      URI uri = URI.create(uri("/missing.md").toString().replace("//", "//jane:s3cret@"));
      URI strange = URI.create("http://jane:s3cret@not_a_host:1/missing.md?s3cret#s3cret");

      assertThat(error(() -> CompatibilityMatrix.url(uri, ENOUGH)).toString())
          .contains("//127.0.0.1:")
          .doesNotContain("s3cret");
      assertThat(error(() -> CompatibilityMatrix.url(strange, ENOUGH)).toString())
          .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
      "/x/matrix.md, HANG",
      "/x/revisions.txt, HANG",
      "/x/matrix.md, SLOW",
      "/x/revisions.txt, SLOW"
    })
    void aServerThatHangsOrDripsEndsWithTheTimeout(String path, String page) {
      pages.put(path, page);
      long start = System.nanoTime();
      ConfigurationException error =
          error(() -> CompatibilityMatrix.url(uri("/x/matrix.md"), SHORT));

      assertThat(error.location()).isEqualTo(uri(path).toString());
      assertThat(error.reason())
          .isEqualTo("it cannot be read (IOException: not complete within 300 ms)");
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(SHORT, SHORT.multipliedBy(10));
    }

    @Test
    void aServerThatDripsItsHeadersEndsWithTheTimeoutAndIsLetGo() throws Exception {
      try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        executor.execute(
            () -> {
              try {
                Socket socket = listener.accept();
                socket.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(UTF_8));
                drip(socket.getOutputStream(), socket);
              } catch (IOException e) {
                over.countDown();
              }
            });
        URI uri = URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/matrix.md");

        assertThat(error(() -> CompatibilityMatrix.url(uri, SHORT)).reason())
            .endsWith("not complete within 300 ms)");
        assertThat(over.await(10, java.util.concurrent.TimeUnit.SECONDS))
            .as("the connection is closed")
            .isTrue();
      }
    }

    @Test
    void anEndlessAnswerIsRefused() {
      pages.put("/x/matrix.md", "a".repeat((16 << 20) + 1));

      assertThat(error(() -> CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH)).reason())
          .contains("larger than 16 MiB");
    }

    @Test
    void aServerThatIsNotThereIsRefused() throws IOException {
      int port;
      try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = closed.getLocalPort();
      }
      URI uri = URI.create("http://127.0.0.1:" + port + "/matrix.md");

      assertThat(error(() -> CompatibilityMatrix.url(uri, ENOUGH)).reason())
          .startsWith("it cannot be read (ConnectException:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"matrix.md", "nonsense:x", "http:/x", "http://", "mailto:a@b"})
    void anAddressThatIsNoneIsRefused(String address) {
      assertThat(
              error(
                      () ->
                          CompatibilityMatrix.url(
                              URI.create(address.equals("http://") ? "http:///" : address), SHORT))
                  .reason())
          .startsWith("it cannot be read (");
    }

    /** As they are written on Windows, and a path that is not whole. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "file:C:\\orders\\matrix.md",
          "file:///C:\\orders\\matrix.md",
          "FILE:C:/orders/matrix.md",
          "file://C:/orders/matrix.md",
          "file:matrix.md",
          "file:/my orders/matrix.md",
          "file://host/x"
        })
    void aUrlThatIsNotOneOfAFileIsRefusedWithWhatToWrite(String address) {
      ConfigurationException refused = error(() -> CompatibilityMatrix.url(address, SHORT));

      assertThat(refused.location()).startsWithIgnoringCase("file:");
      assertThat(refused.reason()).startsWith("this is not the URL of a file: ");
      assertThat(refused.remedy()).contains("Write the path without file:", "file:///C:/orders/");
    }

    @Test
    void whatThatErrorAsksForIsRead() throws IOException {
      Path matrix = write("my orders/matrix.md", MATRIX);
      write("my orders/revisions.txt", "a\n");

      assertThat(CompatibilityMatrix.file(matrix).rows()).hasSize(2);
      assertThat(
              CompatibilityMatrix.url(matrix.toUri().toString().replace(" ", "%20"), SHORT).rows())
          .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, 1_000_000_000_000L})
    void anyTimeoutIsATimeout(long seconds) {
      if (seconds > 0) {
        assertThat(CompatibilityMatrix.url(uri("/x/matrix.md"), Duration.ofSeconds(seconds)).rows())
            .hasSize(2);
      } else {
        assertThat(
                error(
                        () ->
                            CompatibilityMatrix.url(
                                uri("/x/matrix.md"), Duration.ofSeconds(seconds)))
                    .reason())
            .contains("not complete within");
      }
    }

    @Test
    void filesAndJarsAreReadLikeAnyUrl() throws IOException {
      Path matrix = write("x/matrix.md", MATRIX);
      write("x/revisions.txt", "a\n");
      try (JarOutputStream jar =
          new JarOutputStream(Files.newOutputStream(folder.resolve("app.jar")))) {
        jar.putNextEntry(new JarEntry("a/matrix.md"));
        jar.write(MATRIX.getBytes(UTF_8));
        jar.putNextEntry(new JarEntry("a/revisions.txt"));
        jar.write("a\nb\n".getBytes(UTF_8));
        jar.putNextEntry(new JarEntry("b/matrix.md"));
        jar.write(MATRIX.getBytes(UTF_8));
      }
      String jar = "jar:" + folder.resolve("app.jar").toUri() + "!/";

      assertThat(CompatibilityMatrix.url(matrix.toUri(), ENOUGH).chain()).isPresent();
      assertThat(CompatibilityMatrix.url(URI.create(jar + "a/matrix.md"), ENOUGH).chain())
          .isPresent();
      assertThat(CompatibilityMatrix.url(URI.create(jar + "b/matrix.md"), ENOUGH).chain())
          .isEmpty();
      assertThat(
              error(() -> CompatibilityMatrix.url(URI.create(jar + "c/matrix.md"), ENOUGH))
                  .reason())
          .isEqualTo("there is no such file");
    }

    @Test
    void anInterruptedCallerIsToldAndStaysInterrupted() {
      pages.put("/x/matrix.md", "HANG");
      Thread.currentThread().interrupt();

      assertThat(error(() -> CompatibilityMatrix.url(uri("/x/matrix.md"), ENOUGH)).reason())
          .isEqualTo("it cannot be read (IOException: interrupted)");
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
