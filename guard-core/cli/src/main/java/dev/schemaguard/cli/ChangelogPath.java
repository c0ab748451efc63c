// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A changelog named on the command line, either by the path that the application gives to
 * Liquibase, or as a file.
 *
 * @param given the name
 * @param searchPath the folders that such paths are relative to; empty for the default
 */
record ChangelogPath(String given, List<Path> searchPath) {

  private static final Path RESOURCES = Path.of("src/main/resources");
  private static final Path HERE = Path.of("");

  /** Returns the folders that the changelog's paths are relative to. */
  List<Path> directories() {
    if (!searchPath.isEmpty()) {
      return searchPath;
    }
    boolean inResources = Files.isDirectory(RESOURCES);
    if (!isHere() || (inResources && root(List.of(RESOURCES)).isPresent())) {
      return List.of(RESOURCES);
    }
    return inResources ? List.of(HERE, RESOURCES) : List.of(HERE);
  }

  /** Returns the changelog's path relative to its folder. */
  String name() {
    List<Path> directories = directories();
    if (directories.stream().anyMatch(directory -> Files.exists(directory.resolve(given)))) {
      return given;
    }
    Path file = absolute(Path.of(given));
    return Files.exists(file)
        ? root(directories).map(root -> root.relativize(file).toString()).orElse(given)
        : given;
  }

  private boolean isHere() {
    Path path = Path.of(given);
    return !path.isAbsolute() && Files.isRegularFile(path);
  }

  /**
   * Returns the first of these folders that contains the file, which is named relative to the
   * working directory or to the folder.
   */
  private Optional<Path> root(List<Path> directories) {
    return directories.stream()
        .map(ChangelogPath::absolute)
        .filter(
            directory ->
                Files.exists(directory.resolve(given))
                    || absolute(Path.of(given)).startsWith(directory))
        .findFirst();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
