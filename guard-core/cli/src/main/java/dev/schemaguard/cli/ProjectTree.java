// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a project that may contain migrations, without those of tests, build output and
 * libraries.
 *
 * @param root the project's directory
 * @param files the paths of the files, relative to the root and sorted
 */
record ProjectTree(Path root, List<Path> files) {

  /** Folders outside {@code src} that contain no migrations of the application. */
  private static final Set<String> SKIPPED =
      Set.of(
          "target",
          "build",
          "out",
          "bin",
          "dist",
          "node_modules",
          "venv",
          "vendor",
          "testdata",
          "test",
          "tests",
          "__pycache__");

  private static final List<String> BUILD_FILES =
      List.of("pom.xml", "build.gradle", "build.gradle.kts");

  /**
   * Lists the files below a directory.
   *
   * @throws ConfigurationException if they cannot be read
   */
  static ProjectTree of(Path root) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes) {
              return found.equals(root) || !isSkipped(root.relativize(found))
                  ? FileVisitResult.CONTINUE
                  : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
              files.add(root.relativize(found));
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path found, IOException failure) {
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new ConfigurationException(
          root.toString(),
          "the project cannot be read (" + e.getClass().getSimpleName() + ")",
          "Name its directory with --dir.",
          e);
    }
    return new ProjectTree(root, files.stream().sorted().toList());
  }

  private static boolean isSkipped(Path folder) {
    String name = folder.getFileName().toString();
    Path parent = folder.getParent();
    if (name.startsWith(".")) {
      return true;
    }
    if (parent != null && parent.endsWith("src")) {
      return name.matches("(?i).*test.*|it|jmh");
    }
    return SKIPPED.contains(name) && Stream.of(split(folder)).noneMatch("src"::equals);
  }

  private static String[] split(Path path) {
    return text(path).split("/");
  }

  /** Returns a path on the file system of the project. */
  Path path(String name) {
    return root.getFileSystem().getPath(name);
  }

  /**
   * Returns whether a name can be that of a file here. On Windows, one with a colon or an asterisk
   * cannot: asking for such a file is an error there.
   */
  boolean isPath(String name) {
    try {
      return path(name).getNameCount() > 0;
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /**
   * Returns the directory of the Maven or Gradle module that contains a file; empty for the
   * project's own.
   */
  Path module(Path file) {
    for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
      Path module = folder;
      if (BUILD_FILES.stream().anyMatch(name -> files.contains(module.resolve(name)))) {
        return module;
      }
    }
    return path("");
  }

  /** Returns a path with forward slashes, as its users write it. */
  static String text(Path path) {
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /**
   * Returns the content of a file, with one character for each byte; empty if it cannot be read.
   */
  String read(Path file) {
    try {
      return new String(Files.readAllBytes(root.resolve(file)), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
