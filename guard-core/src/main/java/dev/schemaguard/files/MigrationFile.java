// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.files;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A file that may be a migration, by its name.
 *
 * @param key what tells it from others: of two files with one key only one is there to the tool
 * @param name the file's name without folders
 * @param where where it is, for messages
 */
record MigrationFile(String key, String name, String where) {

  /** The files below a directory, by their paths, without what is in hidden directories. */
  static List<MigrationFile> below(Path directory, String keyStart) throws IOException {
    List<MigrationFile> files = new ArrayList<>();
    Files.walkFileTree(
        directory,
        Set.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes attributes)
              throws IOException {
            return found.equals(directory) || !Files.isHidden(found)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path found, BasicFileAttributes attributes) {
            String relative = directory.relativize(found).toString().replace('\\', '/');
            files.add(
                new MigrationFile(
                    keyStart + "/" + relative, found.getFileName().toString(), found.toString()));
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(Comparator.comparing(MigrationFile::key));
    return files;
  }
}
