// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A location in which Flyway looks for migrations, including sub-folders: {@code db/migration} or
 * {@code classpath:db/migration} on the class path, {@code filesystem:sql} on disk.
 *
 * @param text the location as it is configured
 * @param path the path after the prefix
 * @param onDisk whether it is a directory on disk, in which Flyway looks for scripts only
 */
record FlywayLocation(String text, String path, boolean onDisk) {

  private static final String DISK = "filesystem:";
  private static final String VENDOR = "{vendor}";
  private static final String CLASS_PATH = "classpath:";
  private static final String CLASS = ".class";

  /**
   * Parses a location.
   *
   * @throws ConfigurationException if it contains wildcards, or is in a cloud
   */
  static FlywayLocation parse(String text) {
    boolean onDisk = text.startsWith(DISK);
    String path = onDisk ? text.substring(DISK.length()) : text;
    if (!onDisk) {
      path = path.startsWith(CLASS_PATH) ? path.substring(CLASS_PATH.length()) : path;
      path = path.replace('\\', '/').replaceAll("^/+|/+$", "");
    }
    if (path.isBlank() || path.matches("(?s).*[*?].*|\\w{2,}:.*")) {
      throw new ConfigurationException(
          where(text),
          "only a directory, or a package of the class path, can be read",
          "Name each by itself: db/migration, or filesystem:sql/common.");
    }
    return new FlywayLocation(text, path, onDisk);
  }

  /** Returns the location with {@code name} in place of {@code {vendor}}. */
  FlywayLocation vendor(String name) {
    return new FlywayLocation(text.replace(VENDOR, name), path.replace(VENDOR, name), onDisk);
  }

  private void requireVendor() {
    if (path.contains(VENDOR)) {
      throw new ConfigurationException(
          where(text),
          "Spring Boot replaces {vendor} with the name of the database, which is not known here",
          "Name the database: --vendor postgresql, or vendor(\"postgresql\") in the test. Others"
              + " are mysql, mariadb, h2, hsqldb, oracle, sqlserver, db2, sqlite.");
    }
  }

  /** Returns the package of its classes. */
  String packageName() {
    return path.replace('/', '.');
  }

  /**
   * Returns the files in this location, first those in the project's directories, then others on
   * the class path. Copies made by the project's build are left out, because they may be outdated.
   * Files of tests are left out too, unless there are no others.
   *
   * @param roots the project's directories that form the beginning of the class path
   * @param loader the class path; null to look only in the directories
   * @return empty if the location does not exist
   * @throws ConfigurationException if it cannot be read
   */
  Optional<List<MigrationFile>> files(List<Path> roots, @Nullable ClassLoader loader) {
    requireVendor();
    try {
      List<MigrationFile> files = new ArrayList<>();
      List<Path> directories = directories(roots);
      for (Path directory : directories) {
        files.addAll(below(directory));
      }
      List<ClassPathPlace> places = places(loader);
      for (ClassPathPlace place : places) {
        if (directories.isEmpty() || !(place.isOfTests() || place.isBuiltFrom(roots))) {
          files.addAll(below(place.url()));
        }
      }
      return directories.isEmpty() && places.isEmpty() ? Optional.empty() : Optional.of(files);
    } catch (IOException | URISyntaxException | InvalidPathException e) {
      throw unreadable(e);
    }
  }

  /**
   * Returns the names of the compiled classes in this location, in the project's directories and on
   * the class path. Classes of tests are left out, unless there are no others.
   *
   * @throws ConfigurationException if they cannot be read
   */
  List<String> classNames(List<Path> roots, @Nullable ClassLoader loader) {
    try {
      List<MigrationFile> files = new ArrayList<>();
      for (Path directory : directories(roots)) {
        files.addAll(below(directory));
      }
      for (ClassPathPlace place : places(loader)) {
        files.addAll(below(place.url()));
      }
      return files.stream()
          .map(MigrationFile::key)
          .filter(key -> key.endsWith(CLASS))
          .map(key -> key.substring(CLASS_PATH.length(), key.length() - CLASS.length()))
          .map(name -> name.replace('/', '.'))
          .distinct()
          .toList();
    } catch (IOException | URISyntaxException | InvalidPathException e) {
      throw unreadable(e);
    }
  }

  private List<ClassPathPlace> places(@Nullable ClassLoader loader) throws IOException {
    if (loader == null || onDisk) {
      return List.of();
    }
    List<ClassPathPlace> all =
        Collections.list(loader.getResources(path)).stream().map(ClassPathPlace::of).toList();
    List<ClassPathPlace> own = all.stream().filter(place -> !place.isOfTests()).toList();
    return own.isEmpty() ? all : own;
  }

  private ConfigurationException unreadable(Exception e) {
    return new ConfigurationException(
        where(text),
        "it cannot be read (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")",
        "Name a place that this process may read.",
        e);
  }

  private List<Path> directories(List<Path> roots) {
    return (onDisk ? Stream.of(Path.of(path)) : roots.stream().map(root -> root.resolve(path)))
        .filter(Files::isDirectory)
        .toList();
  }

  private List<MigrationFile> below(Path directory) throws IOException {
    return MigrationFile.below(
        directory, onDisk ? directory.toRealPath().toString() : CLASS_PATH + path);
  }

  private List<MigrationFile> below(URL url) throws IOException, URISyntaxException {
    if (url.getProtocol().equals("file")) {
      return below(Path.of(url.toURI()));
    }
    if (!(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("unknown kind of class path: " + url);
    }
    connection.setUseCaches(false);
    String start = connection.getEntryName().replaceFirst("/*$", "/");
    try (JarFile jar = connection.getJarFile()) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(start))
          .map(entry -> entry.getName().substring(start.length()))
          .map(name -> inJar(name, jar.getName()))
          .toList();
    }
  }

  private MigrationFile inJar(String name, String jar) {
    return new MigrationFile(
        CLASS_PATH + path + "/" + name,
        name.substring(name.lastIndexOf('/') + 1),
        jar + "!" + path + "/" + name);
  }

  /** Returns the exception for a location that does not exist. */
  ConfigurationException missing(List<Path> roots, @Nullable ClassLoader loader) {
    String places =
        onDisk
            ? Path.of(path).toAbsolutePath().toString()
            : "below " + roots + (loader == null ? "" : " and on the class path");
    return new ConfigurationException(
        where(text),
        "there is no such place; it was looked for " + places,
        "Name it as the application does: db/migration from where the class path begins, or"
            + " filesystem:DIRECTORY.");
  }

  private static String where(String text) {
    return "Flyway location '" + text + "'";
  }
}
