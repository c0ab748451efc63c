// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.text.BoundedText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an application's own jar, war or exploded folder that Schema Guard uses. The layouts
 * are a plain jar, Spring Boot's ({@code BOOT-INF/classes}) and a war's ({@code WEB-INF/classes}).
 *
 * @param file the jar, war or folder
 * @param place the location of the matrix in it, for messages
 * @param markdown the matrix; null if there is only a revision chain
 * @param revisions the revision chain; null if there is only a matrix
 * @param schemaFiles the texts of the schema files by the database product
 * @param version the application's version; null if the archive contains none
 */
record ApplicationArchive(
    Path file,
    String place,
    @Nullable String markdown,
    @Nullable String revisions,
    Map<String, String> schemaFiles,
    @Nullable String version) {

  private static final List<String> ROOTS = List.of("", "BOOT-INF/classes/", "WEB-INF/classes/");

  /** Reads {@code file}. */
  static ApplicationArchive read(Path file) {
    try {
      if (Files.isDirectory(file)) {
        return read(file, file);
      }
      try (FileSystem archive = FileSystems.newFileSystem(file)) {
        return read(file, archive.getPath("/"));
      }
    } catch (IOException | RuntimeException e) {
      if (e instanceof ConfigurationException configuration) {
        throw configuration;
      }
      throw new ConfigurationException(
          "--app",
          file + " cannot be read as an application: " + e,
          "Name the application's jar, war or exploded folder.",
          e);
    }
  }

  private static ApplicationArchive read(Path file, Path root) throws IOException {
    List<String> found = new ArrayList<>();
    for (String classes : ROOTS) {
      Path folder = root.resolve(classes + "schema-guard");
      if (Files.exists(folder.resolve("compatibility.md"))
          || Files.exists(folder.resolve("revisions.txt"))) {
        found.add(classes);
      }
    }
    if (found.size() != 1) {
      throw new ConfigurationException(
          file.toString(),
          found.isEmpty()
              ? "it holds neither schema-guard/compatibility.md nor schema-guard/revisions.txt"
              : "it holds the folder schema-guard more than once, below " + found,
          "Name an application that bundles its matrix or chain, once.");
    }
    Path folder = root.resolve(found.get(0) + "schema-guard");
    return new ApplicationArchive(
        file,
        file + "!/" + found.get(0) + "schema-guard/",
        text(folder.resolve("compatibility.md")),
        text(folder.resolve("revisions.txt")),
        BundledSchemaFiles.in(folder),
        version(root, found.get(0)));
  }

  /**
   * Returns the matrix, or the one that the revision chain alone implies.
   *
   * @param own whether the result is for the application itself, so that the row {@code current}
   *     applies to it
   */
  CompatibilityMatrix matrix(boolean own) {
    RevisionChain chain =
        revisions == null ? null : RevisionChain.parse(revisions, place + "revisions.txt");
    String document =
        markdown != null ? markdown : "| App version | Expected |\n|---|---|\n| current | head |\n";
    return new BundledSchemaFiles(place, schemaFiles)
        .addTo(CompatibilityMatrix.parse(document, place + "compatibility.md", own, chain));
  }

  private static @Nullable String text(Path path) throws IOException {
    return Files.exists(path) ? BoundedText.of(path) : null;
  }

  /**
   * Returns the version from Spring Boot's build information, else from the manifest, else from the
   * Maven properties.
   */
  private static @Nullable String version(Path root, String classes) throws IOException {
    for (String info : List.of(classes, "")) {
      String built =
          properties(root.resolve(info + "META-INF/build-info.properties"))
              .getProperty("build.version");
      if (built != null) {
        return built;
      }
    }
    String fromManifest = manifestVersion(root.resolve("META-INF/MANIFEST.MF"));
    return fromManifest != null ? fromManifest : mavenVersion(root, classes);
  }

  private static @Nullable String manifestVersion(Path path) throws IOException {
    if (!Files.exists(path)) {
      return null;
    }
    try (InputStream in = new ByteArrayInputStream(BoundedText.bytes(path))) {
      return new Manifest(in).getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    }
  }

  private static @Nullable String mavenVersion(Path root, String classes) throws IOException {
    for (String place : List.of("META-INF/maven", classes + "META-INF/maven")) {
      if (Files.isDirectory(root.resolve(place))) {
        try (Stream<Path> files = Files.walk(root.resolve(place))) {
          List<Path> poms = files.filter(path -> path.endsWith("pom.properties")).toList();
          if (poms.size() == 1) {
            return properties(poms.get(0)).getProperty("version");
          }
        }
      }
    }
    return null;
  }

  private static Properties properties(Path path) throws IOException {
    Properties properties = new Properties();
    if (Files.exists(path)) {
      try (InputStream in = new ByteArrayInputStream(BoundedText.bytes(path))) {
        properties.load(in);
      }
    }
    return properties;
  }
}
