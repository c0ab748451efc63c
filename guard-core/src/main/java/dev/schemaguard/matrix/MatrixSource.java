// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Finds and reads the two documents, wherever they are. */
final class MatrixSource {

  static final String MATRIX = "schema-guard/compatibility.md";
  static final String CHAIN = "schema-guard/revisions.txt";
  private static final String CHAIN_FILE = "revisions.txt";
  private static final Duration RESOURCE_TIMEOUT = Duration.ofSeconds(30);

  private MatrixSource() {}

  static Optional<CompatibilityMatrix> bundled(ClassLoader loader) {
    URL matrix = single(loader, MATRIX);
    URL revisions = single(loader, CHAIN);
    if (revisions == null && matrix == null) {
      return Optional.empty();
    }
    RevisionChain chain = revisions == null ? null : bundledChain(revisions);
    if (matrix != null) {
      String markdown = text(fetch(matrix, RESOURCE_TIMEOUT), "classpath:" + MATRIX);
      return Optional.of(parse(markdown, "classpath:" + MATRIX, true, chain));
    }
    return Optional.ofNullable(chain).map(CompatibilityMatrix::ofChain);
  }

  private static RevisionChain bundledChain(URL revisions) {
    String origin = "classpath:" + CHAIN;
    return RevisionChain.parse(text(fetch(revisions, RESOURCE_TIMEOUT), origin), origin);
  }

  static CompatibilityMatrix file(Path matrix, @Nullable Path revisions) {
    Path beside = matrix.resolveSibling(CHAIN_FILE);
    Path chainFile = revisions != null ? revisions : Files.exists(beside) ? beside : null;
    return parse(
        text(matrix), matrix.toString(), false, chainFile == null ? null : chain(chainFile));
  }

  static RevisionChain chain(Path file) {
    return RevisionChain.parse(text(file), file.toString());
  }

  static CompatibilityMatrix url(URI matrix, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    String markdown = text(fetch(toUrl(matrix), timeout), matrix.toString());
    URI beside = matrix.resolve(CHAIN_FILE);
    RevisionChain chain = null;
    try {
      byte[] revisions = read(toUrl(beside), Duration.ofNanos(deadline - System.nanoTime()));
      chain = RevisionChain.parse(text(revisions, beside.toString()), beside.toString());
    } catch (FileNotFoundException | NoSuchFileException none) {
      // The matrix has no chain beside it: then only the names in its rows are known.
    } catch (IOException e) {
      throw unfetchable(beside.toString(), e);
    }
    return parse(markdown, matrix.toString(), false, chain);
  }

  static CompatibilityMatrix parse(
      String markdown, String origin, boolean bundled, @Nullable RevisionChain chain) {
    return new CompatibilityMatrix(
        origin, bundled, new MatrixParser(origin).parse(withoutMark(markdown)), chain);
  }

  /** The text without the byte order mark that some editors put before it. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static @Nullable URL single(ClassLoader loader, String name) {
    try {
      Set<String> places = new LinkedHashSet<>();
      List<URL> found = Collections.list(loader.getResources(name));
      found.forEach(url -> places.add(url.toExternalForm()));
      if (places.size() > 1) {
        throw new ConfigurationException(
            "classpath:" + name,
            "the document is there more than once: " + String.join(" and ", places),
            "Keep it in one module, or name the one to use.");
      }
      return found.isEmpty() ? null : found.get(0);
    } catch (IOException e) {
      throw unfetchable("classpath:" + name, e);
    }
  }

  private static URL toUrl(URI uri) {
    try {
      return uri.toURL();
    } catch (IOException | IllegalArgumentException e) {
      throw unfetchable(uri.toString(), e);
    }
  }

  private static byte[] fetch(URL url, Duration timeout) {
    try {
      return read(url, timeout);
    } catch (IOException e) {
      throw unfetchable(url.toString(), e);
    }
  }

  private static byte[] read(URL url, Duration timeout) throws IOException {
    long deadline = System.nanoTime() + timeout.toNanos();
    URLConnection connection = url.openConnection();
    int millis = (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    connection.setConnectTimeout(millis);
    connection.setReadTimeout(millis);
    connection.setUseCaches(false);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream in = connection.getInputStream()) {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.write(buffer, 0, n);
        if (System.nanoTime() > deadline) {
          throw new IOException(
              "not complete within " + TimeUnit.NANOSECONDS.toMillis(timeout.toNanos()) + " ms");
        }
      }
    }
    return bytes.toByteArray();
  }

  private static String text(Path file) {
    try {
      return text(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw unfetchable(file.toString(), e);
    }
  }

  private static String text(byte[] bytes, String origin) {
    try {
      return withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(origin, "the document is not UTF-8", "Save it as UTF-8.", e);
    }
  }

  private static ConfigurationException unfetchable(String place, Exception e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "it cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
    return new ConfigurationException(
        place, reason, "Name a document that this process may read.", e);
  }
}
