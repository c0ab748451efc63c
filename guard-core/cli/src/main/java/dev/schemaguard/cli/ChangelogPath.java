// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
    for (Path directory : directories) {
      if (isIn(directory)) {
        return ProjectTree.text(directory.getFileSystem().getPath(given));
      }
    }
    return file()
        .map(ChangelogPath::absolute)
        .filter(Files::exists)
        .flatMap(
            file ->
                root(directories).map(root -> ProjectTree.text(absolute(root).relativize(file))))
        .orElse(given);
  }

  private boolean isIn(Path directory) {
    try {
      return Files.exists(directory.resolve(given));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /** Returns the name as a file; empty if it cannot be one: on Windows, if it is classpath:…. */
  private Optional<Path> file() {
    try {
      return Optional.of(Path.of(given));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private boolean isHere() {
    return file().filter(path -> !path.isAbsolute() && Files.isRegularFile(path)).isPresent();
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
                isIn(directory)
                    || file().filter(path -> absolute(path).startsWith(directory)).isPresent())
        .findFirst();
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
