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
 * A directory or jar of the class path in which a location of Flyway was found.
 *
 * @param url the location in it
 * @param text the same as text, with slashes
 */
record ClassPathPlace(URL url, String text) {

  /** Where Maven, Gradle, IntelliJ and Eclipse put the classes and resources of tests. */
  private static final Pattern TESTS =
      Pattern.compile(
          "(?i).*(?:/test-classes/|/build/(?:classes/\\w+|resources)/\\w*test\\w*/"
              + "|/out/test/|/bin/test/|-tests?\\.jar!|-test-fixtures\\.jar!).*");

  static ClassPathPlace of(URL url) {
    return new ClassPathPlace(url, url.toString().replace('\\', '/'));
  }

  /** Whether it belongs to tests, whose migrations are not the application's. */
  boolean isOfTests() {
    return TESTS.matcher(text).matches();
  }

  /** Whether the build of one of these projects made it. */
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

  /** The directory of the project that has its sources below {@code src/main/resources}. */
  private static Path project(Path root) {
    Path whole = root.toAbsolutePath().normalize();
    int names = whole.getNameCount();
    return names > 3 && whole.getName(names - 3).toString().equals("src")
        ? whole.resolve("../../..").normalize()
        : whole;
  }
}
