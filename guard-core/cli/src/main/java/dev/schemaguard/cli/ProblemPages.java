// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaguard.status.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Provides the documentation pages of the problems from the class path, one for each code. */
final class ProblemPages {

  private static final String FOLDER = "dev/schemaguard/problems/";
  private static final String END = ".md";

  private ProblemPages() {}

  /** Returns all codes that have a page, sorted. */
  static List<String> codes() {
    try {
      Path library =
          Path.of(Problem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return (Files.isDirectory(library) ? inFolder(library) : inJar(library))
          .stream()
              .filter(name -> name.startsWith("GUARD-") && name.endsWith(END))
              .map(name -> name.substring(0, name.length() - END.length()))
              .sorted()
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> inFolder(Path library) throws IOException {
    Path folder = library.resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static List<String> inJar(Path library) throws IOException {
    try (JarFile jar = new JarFile(library.toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(FOLDER))
          .map(name -> name.substring(FOLDER.length()))
          .toList();
    }
  }

  /** Returns the page of a code in Markdown; empty if there is none. */
  static Optional<String> page(String code) {
    try (InputStream in = Problem.class.getClassLoader().getResourceAsStream(FOLDER + code + END)) {
      return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns a description of a problem in one sentence, which is the first paragraph of its page.
   */
  static String title(String code) {
    return page(code).stream()
        .flatMap(String::lines)
        .skip(1)
        .dropWhile(String::isBlank)
        .takeWhile(line -> !line.isBlank())
        .reduce((one, next) -> one + " " + next)
        .orElse("");
  }
}
