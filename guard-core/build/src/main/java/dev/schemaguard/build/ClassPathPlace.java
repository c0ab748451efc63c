// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory or jar of the class path that contains a Flyway location.
 *
 * @param url the URL of the location in it
 * @param text the URL as text, with forward slashes
 */
record ClassPathPlace(URL url, String text) {

  /**
   * The directories in which Maven, Gradle, IntelliJ and Eclipse put the classes and resources of
   * tests.
   */
  private static final Pattern TESTS =
      Pattern.compile(
          "(?i).*(?:/test-classes/|/build/(?:classes/\\w+|resources)/\\w*test\\w*/"
              + "|/out/test/|/bin/test/|-tests?\\.jar!|-test-fixtures\\.jar!).*");

  static ClassPathPlace of(URL url) {
    return new ClassPathPlace(url, url.toString().replace('\\', '/'));
  }

  /** Returns whether it belongs to tests, whose migrations are not part of the application. */
  boolean isOfTests() {
    return TESTS.matcher(text).matches();
  }

  /** Returns whether it is the build output of one of these projects. */
  boolean isBuiltFrom(List<Path> roots) {
    return directory().stream()
        .anyMatch(
            directory -> roots.stream().anyMatch(root -> directory.startsWith(project(root))));
  }

  private Optional<Path> directory() {
    try {
      return url.getProtocol().equals("file")
          ? Optional.of(Path.of(new URI(url.toString())).toAbsolutePath().normalize())
          : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /** Returns the directory of the project whose sources are below {@code src/main/resources}. */
  private static Path project(Path root) {
    Path whole = root.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return names > 3 && whole.getName(names - 3).toString().equals("src")
        ? whole.resolve("../../..").normalize()
        : whole;
  }
}
