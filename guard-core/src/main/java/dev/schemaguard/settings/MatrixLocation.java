// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The locations of a matrix and its chain, as an application's settings give them. Immutable.
 *
 * @param prefix the prefix of the settings' names, for messages
 * @param matrix {@code classpath:}, a URL or a file; null means in the same folder as the chain
 * @param revisions {@code classpath:} or a file; null means in the same folder as the matrix
 */
public record MatrixLocation(String prefix, @Nullable String matrix, @Nullable String revisions) {

  private static final String CLASSPATH = "classpath:";
  private static final String MATRIX_FILE = "compatibility.md";
  private static final String CHAIN_FILE = "revisions.txt";

  /**
   * Returns the matrix at this location, or empty if nothing is set and nothing is bundled.
   *
   * @param loader finds what is on the class path
   * @param timeout the maximum time for fetching a URL
   * @throws ConfigurationException with the name of the setting, if nothing usable is at the
   *     location
   */
  public Optional<CompatibilityMatrix> load(ClassLoader loader, Duration timeout) {
    if (matrix == null && revisions == null) {
      return CompatibilityMatrix.bundled(loader);
    }
    try {
      return Optional.of(isOnClassPath() ? bundled(loader) : outside(timeout));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          prefix + (matrix == null ? ".revisions" : ".matrix"),
          (e.location() == null ? "" : e.location() + ": ") + e.reason(),
          e.remedy(),
          e);
    }
  }

  private boolean isOnClassPath() {
    return matrix == null ? isClasspath(revisions) : isClasspath(matrix);
  }

  private CompatibilityMatrix bundled(ClassLoader loader) {
    String document = matrix == null ? sibling(name(revisions), MATRIX_FILE) : name(matrix);
    String chain = revisions == null ? sibling(document, CHAIN_FILE) : name(revisions);
    requireResource(loader, matrix == null ? chain : document);
    if (revisions != null) {
      requireResource(loader, chain);
    }
    return CompatibilityMatrix.bundled(loader, document, chain).orElseThrow();
  }

  private CompatibilityMatrix outside(Duration timeout) {
    if (matrix == null) {
      throw new ConfigurationException(
          revisions,
          "a chain outside of the application needs its matrix",
          "Set " + prefix + ".matrix too, or bundle the chain and write classpath: before it.");
    }
    if (matrix.matches("[a-zA-Z]{2,10}:.*")) {
      if (revisions != null) {
        throw new ConfigurationException(
            revisions,
            "the chain of a matrix at a URL stands beside it",
            "Leave out " + prefix + ".revisions.");
      }
      return CompatibilityMatrix.url(matrix, timeout);
    }
    return revisions == null
        ? CompatibilityMatrix.file(path(matrix))
        : CompatibilityMatrix.file(path(matrix), path(revisions));
  }

  private static void requireResource(ClassLoader loader, String name) {
    if (loader.getResource(name) == null) {
      throw new ConfigurationException(
          CLASSPATH + name,
          "there is no such resource",
          "Name one that is in the application's jar.");
    }
  }

  private static boolean isClasspath(@Nullable String location) {
    return location != null && location.startsWith(CLASSPATH);
  }

  /** Returns the name of a resource, which has no leading slash. */
  private static String name(@Nullable String location) {
    if (location == null || !isClasspath(location)) {
      throw new ConfigurationException(
          location,
          "matrix and chain are either both on the class path or both outside of it",
          "Write classpath: before it, and the name of a resource.");
    }
    return location.substring(CLASSPATH.length()).replaceFirst("^/+", "");
  }

  private static String sibling(String name, String file) {
    return name.substring(0, name.lastIndexOf('/') + 1) + file;
  }

  private static Path path(String location) {
    try {
      return Path.of(location);
    } catch (InvalidPathException e) {
      throw notAPlace(location, e);
    }
  }

  private static ConfigurationException notAPlace(String location, IllegalArgumentException e) {
    return new ConfigurationException(
        location, "this is neither a file nor a URL", "Write classpath:, a URL or a file.", e);
  }
}
