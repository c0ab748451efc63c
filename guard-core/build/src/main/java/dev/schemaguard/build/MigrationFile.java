// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.ChangeKind;
import dev.schemaguard.build.impact.SchemaChange;
import dev.schemaguard.build.impact.SqlScript;
import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A file that may be a migration, by its name.
 *
 * @param key what tells it from others: of two files with one key only one is there to the tool
 * @param name the file's name without folders
 * @param where where it is, for messages
 */
record MigrationFile(String key, String name, String where) {

  private static final String CODE = "(?i).*\\.(?:java|kt|groovy|scala|class)";

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

  /** What it does, where it is a script of SQL on disk. */
  List<SchemaChange> changes() {
    return name.matches(CODE) || FlywayNaming.isProgram(name)
        ? List.of(SchemaChange.of(ChangeKind.CODE, name))
        : changes(Path.of(where));
  }

  /** What a script of SQL does. */
  static List<SchemaChange> changes(Path script) {
    try {
      return new SqlScript(Files.readString(script)).changes();
    } catch (IOException e) {
      return List.of(SchemaChange.of(ChangeKind.UNPARSED, "the file " + script + " as UTF-8"));
    }
  }

  /**
   * A digest of a script's text that is the same whatever its lines end with.
   *
   * @throws ConfigurationException if it cannot be read
   */
  static String digest(Path script) {
    try {
      // One character a byte, so that no encoding need be known.
      String text = new String(Files.readAllBytes(script), StandardCharsets.ISO_8859_1);
      byte[] plain =
          text.replace("\r\n", "\n").replace('\r', '\n').getBytes(StandardCharsets.ISO_8859_1);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(plain);
      return "sha256:" + HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new ConfigurationException(
          script.toString(),
          "the file cannot be read (" + e.getClass().getSimpleName() + ")",
          "Make it readable for this process.",
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * What Flyway records of a script: a checksum of its lines without their ends ({@code
   * ChecksumCalculator} in flyway-core 11); empty where there is none to compare.
   */
  Optional<String> checksum() {
    if (name.matches(CODE)) {
      return Optional.empty();
    }
    try {
      CRC32 checksum = new CRC32();
      String text = Files.readString(Path.of(where));
      (text.startsWith("\uFEFF") ? text.substring(1) : text)
          .lines()
          .forEach(line -> checksum.update(line.getBytes(StandardCharsets.UTF_8)));
      return Optional.of(String.valueOf((int) checksum.getValue()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
