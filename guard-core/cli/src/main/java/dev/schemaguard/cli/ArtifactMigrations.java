// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.MigrationSources;
import dev.schemaguard.build.rolling.UpgradeSide;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.BoundedText;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The migrations in an application's jar, war or folder, found as {@code init} finds those of a
 * project.
 */
final class ArtifactMigrations {

  /** A hundred times the migrations of a large application; more is not copied. */
  private static final long LIMIT = 64L * 1024 * 1024;

  private static final Set<String> KINDS =
      Set.of("sql", "xml", "yaml", "yml", "json", "properties", "csv", "conf");

  private ArtifactMigrations() {}

  /**
   * The version with the migrations that were found, and the tool that applies them.
   *
   * @param tool the tool's name; empty if none were found
   * @param note why none were found; empty if they were
   */
  record Found(UpgradeSide side, String tool, String note) {}

  /** Looks for the migrations of a version in its application. */
  static Found in(Path application, UpgradeSide side, Optional<String> dbms) {
    Path project = null;
    try {
      project = Files.createTempDirectory("schema-guard-");
      copy(application, project.resolve("src/main/resources"));
      Optional<InitMigrations> found =
          InitMigrations.find(project, dbms.orElse(""), Optional.empty());
      if (found.isEmpty()) {
        return new Found(side, "", "");
      }
      MigrationSources sources = found.get().sources(project, new InitSettings(List.of(), false));
      if (dbms.isPresent()) {
        sources = sources.on(dbms.get(), null);
      }
      return new Found(
          side.withMigrations(sources.read(), sources.impacts()),
          found.get().tool().option().substring("--".length()),
          "");
    } catch (ConfigurationException e) {
      return new Found(
          side,
          "",
          "the migrations in "
              + application
              + " could not be read ("
              + e.reason()
              + "); name them, for instance with --flyway or --liquibase");
    } catch (IOException e) {
      throw new ConfigurationException(
          application.toString(), "it cannot be read: " + e, "Make it readable.", e);
    } finally {
      delete(project);
    }
  }

  private static void copy(Path application, Path target) throws IOException {
    if (Files.isDirectory(application)) {
      copyFrom(application, target);
    } else {
      try (FileSystem archive = FileSystems.newFileSystem(application)) {
        copyFrom(archive.getPath("/"), target);
      }
    }
  }

  private static void copyFrom(Path root, Path target) throws IOException {
    Path classes = root;
    for (String folder : List.of("BOOT-INF/classes", "WEB-INF/classes")) {
      if (Files.isDirectory(root.resolve(folder))) {
        classes = root.resolve(folder);
      }
    }
    long size = 0;
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(ArtifactMigrations::isText).toList()) {
        byte[] bytes = BoundedText.bytes(file);
        size += bytes.length;
        if (size > LIMIT) {
          throw new ConfigurationException(
              root.toString(),
              "its migrations have more than " + LIMIT + " bytes",
              "Name them with an option of their tool.");
        }
        Path copy = target.resolve(classes.relativize(file).toString()).normalize();
        if (copy.startsWith(target)) {
          Files.createDirectories(copy.resolveSibling("."));
          Files.write(copy, bytes);
        }
      }
    }
  }

  private static boolean isText(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file)
        && !file.toString().contains("META-INF")
        && KINDS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static void delete(@Nullable Path folder) {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      folder.toFile().deleteOnExit();
    }
  }
}
