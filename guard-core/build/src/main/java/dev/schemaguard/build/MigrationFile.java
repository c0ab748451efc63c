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
 * A file whose name suggests that it is a migration.
 *
 * @param key its identity: if two files have the same key, the tool sees only one of them
 * @param name the file's name without folders
 * @param where its location, for messages
 */
record MigrationFile(String key, String name, String where) {

  private static final String CODE = "(?i).*\\.(?:java|kt|groovy|scala|class)";

  /** Returns the files below a directory, sorted by path, without those in hidden directories. */
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

  /** Returns the changes that it makes, if it is an SQL script on disk. */
  List<SchemaChange> changes() {
    return name.matches(CODE) || FlywayNaming.isProgram(name)
        ? List.of(SchemaChange.of(ChangeKind.CODE, name))
        : changes(Path.of(where));
  }

  /** Returns the changes that an SQL script makes. */
  static List<SchemaChange> changes(Path script) {
    try {
      return new SqlScript(Files.readString(script)).changes();
    } catch (IOException e) {
      return List.of(SchemaChange.of(ChangeKind.UNPARSED, "the file " + script + " as UTF-8"));
    }
  }

  /**
   * Returns a digest of a script's text that does not depend on its line endings.
   *
   * @throws ConfigurationException if it cannot be read
   */
  static String digest(Path script) {
    try {
      // One character for each byte, so that the encoding does not need to be known.
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
   * Returns the checksum that Flyway records for a script, which is computed from its lines without
   * line endings ({@code ChecksumCalculator} in flyway-core 11); empty if it cannot be compared.
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
