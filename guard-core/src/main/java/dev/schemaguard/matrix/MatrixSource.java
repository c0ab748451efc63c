// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.BoundedText;
import dev.schemaguard.text.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds and reads the matrix and the chain in every supported kind of location. */
final class MatrixSource {

  static final String MATRIX = "schema-guard/compatibility.md";
  static final String CHAIN = "schema-guard/revisions.txt";
  private static final String CHAIN_FILE = "revisions.txt";

  /**
   * The replacement for bytes that do not form a character. In a document it is an ordinary
   * character.
   */
  private static final char REPLACEMENT = '\uFFFD';

  private MatrixSource() {}

  static Optional<CompatibilityMatrix> bundled(
      ClassLoader loader, String matrixName, String chainName) {
    URL matrix = single(loader, matrixName);
    URL revisions = single(loader, chainName);
    if (revisions == null && matrix == null) {
      return Optional.empty();
    }
    RevisionChain chain = revisions == null ? null : bundledChain(revisions, chainName);
    if (matrix != null) {
      String markdown = text(resource(matrix), "classpath:" + matrixName);
      return Optional.of(
          parse(markdown, "classpath:" + matrixName, true, chain)
              .beside(SiblingFiles.ClassPath.of(loader, folder(matrixName), folder(chainName))));
    }
    return chain == null
        ? Optional.empty()
        : Optional.of(
            CompatibilityMatrix.ofChain(chain)
                .beside(new SiblingFiles.ClassPath(loader, folder(chainName))));
  }

  /** Returns the folder of a resource, with a slash at its end. */
  private static String folder(String resource) {
    return resource.substring(0, resource.lastIndexOf('/') + 1);
  }

  private static RevisionChain bundledChain(URL revisions, String name) {
    String origin = "classpath:" + name;
    return RevisionChain.parse(text(resource(revisions), origin), origin);
  }

  static CompatibilityMatrix file(Path matrix, @Nullable Path revisions) {
    Path beside = matrix.resolveSibling(CHAIN_FILE);
    // A broken link counts as existing: otherwise the matrix would seem to have no chain.
    boolean isBeside = Files.exists(beside, LinkOption.NOFOLLOW_LINKS);
    Path chainFile = revisions != null ? revisions : isBeside ? beside : null;
    return parse(
            text(matrix), matrix.toString(), false, chainFile == null ? null : chain(chainFile))
        .beside(
            SiblingFiles.Folder.of(
                matrix.resolveSibling(""),
                (chainFile == null ? matrix : chainFile).resolveSibling("")));
  }

  static RevisionChain chain(Path file) {
    return RevisionChain.parse(text(file), file.toString());
  }

  static CompatibilityMatrix url(URI matrix, Duration timeout) {
    if ("file".equalsIgnoreCase(matrix.getScheme())) {
      return file(path(matrix), null);
    }
    Download download = new Download(timeout);
    URI beside = Download.beside(matrix, CHAIN_FILE);
    String origin = Download.shown(matrix);
    String markdown =
        download
            .read(matrix)
            .map(bytes -> text(bytes, origin))
            .orElseThrow(() -> unfetchable(origin, new NoSuchFileException(origin)));
    String chainOrigin = Download.shown(beside);
    RevisionChain chain =
        download
            .read(beside)
            .map(bytes -> RevisionChain.parse(text(bytes, chainOrigin), chainOrigin))
            .orElse(null);
    return parse(markdown, origin, false, chain).beside(new SiblingFiles.Web(matrix, timeout));
  }

  private static Path path(URI file) {
    try {
      return Path.of(file);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw Download.notAFile(Download.shown(file), e.getMessage());
    }
  }

  static CompatibilityMatrix parse(
      String markdown, String origin, boolean bundled, @Nullable RevisionChain chain) {
    return new CompatibilityMatrix(
        origin, bundled, new MatrixParser(origin).parse(withoutMark(markdown)), chain);
  }

  /** Returns the text without the byte order mark that some editors write at its start. */
  static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  static @Nullable URL single(ClassLoader loader, String name) {
    try {
      Set<String> places = new LinkedHashSet<>();
      List<URL> found = Collections.list(loader.getResources(name));
      for (URL url : found) {
        places.add(url.toExternalForm());
      }
      if (places.size() > 1) {
        throw new ConfigurationException(
            "classpath:" + name,
            "found more than one: " + String.join(" and ", places),
            "Keep it in one module, or name the one to use.");
      }
      return found.isEmpty() ? null : found.get(0);
    } catch (IOException e) {
      throw unfetchable("classpath:" + name, e);
    }
  }

  static byte[] resource(URL url) {
    try {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      try (InputStream in = connection.getInputStream()) {
        return BoundedText.bytes(in);
      }
    } catch (IOException e) {
      throw unfetchable(url.toString(), e);
    }
  }

  static String text(Path file) {
    try {
      return text(BoundedText.bytes(file), file.toString());
    } catch (IOException e) {
      throw unfetchable(file.toString(), e);
    }
  }

  static String text(byte[] bytes, String origin) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) {
      requireUtf8(bytes, origin);
    }
    return withoutMark(text);
  }

  private static void requireUtf8(byte[] bytes, String origin) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer text = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    if (result.isError()) {
      String before = text.flip().toString();
      int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
      throw new ConfigurationException(
          origin + ":" + line, "the document is not UTF-8 here", "Save it as UTF-8.");
    }
  }

  static ConfigurationException unfetchable(String place, Exception e) {
    String reason =
        e instanceof NoSuchFileException
            ? "there is no such file"
            : "it cannot be read ("
                + e.getClass().getSimpleName()
                + ": "
                + Credentials.removedFrom(String.valueOf(e.getMessage()))
                + ")";
    // The message of a network failure may quote the address with its credentials.
    return new ConfigurationException(
        place,
        reason,
        "Name a document that this process may read.",
        place.contains("://") ? null : e);
  }
}
