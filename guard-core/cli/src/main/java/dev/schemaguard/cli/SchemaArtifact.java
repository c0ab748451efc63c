// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.build.SchemaFileName;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.text.BoundedText;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The schema files of an application's jar, war or folder, or one such file.
 *
 * @param path as it was named
 * @param texts the contents by their locations
 * @param files the files by the database product
 */
record SchemaArtifact(Path path, Map<String, String> texts, SortedMap<String, SchemaFile> files) {

  private static final List<String> FOLDERS =
      List.of("schema-guard", "BOOT-INF/classes/schema-guard", "WEB-INF/classes/schema-guard", "");

  /**
   * Reads the schema files.
   *
   * @throws ConfigurationException if there is no such file, or it holds no schema file
   */
  static SchemaArtifact read(Path path) {
    SortedMap<String, String> texts = texts(path);
    SortedMap<String, SchemaFile> files = new TreeMap<>();
    texts.forEach(
        (place, text) -> files.put(dbms(place).orElseThrow(), SchemaFile.parse(text, place)));
    if (files.isEmpty()) {
      throw new ConfigurationException(
          path.toString(),
          "it holds no schema file, schema-guard/schema.DBMS.txt",
          "Name an application that bundles one, or a file with such a name.");
    }
    return new SchemaArtifact(path, texts, files);
  }

  /** Returns the contents of the schema files by their locations; empty if there are none. */
  static SortedMap<String, String> texts(Path path) {
    SortedMap<String, String> texts = new TreeMap<>();
    try {
      if (Files.isDirectory(path)) {
        add(path, path + "/", texts);
      } else if (dbms(path.toString()).isPresent()) {
        texts.put(path.toString(), BoundedText.of(path));
      } else {
        try (FileSystem archive = FileSystems.newFileSystem(path)) {
          add(archive.getPath("/"), path + "!/", texts);
        }
      }
      return texts;
    } catch (IOException | RuntimeException e) {
      throw new ConfigurationException(
          path.toString(),
          Files.exists(path)
              ? "it cannot be read as an application: " + e
              : "there is no such file",
          "Name an application's jar, war or folder, or a file schema.DBMS.txt.",
          e);
    }
  }

  private static void add(Path root, String place, Map<String, String> texts) throws IOException {
    for (String folder : FOLDERS) {
      Path directory = root.resolve(folder);
      if (Files.isDirectory(directory)) {
        try (Stream<Path> files = Files.list(directory)) {
          for (Path file : files.toList()) {
            if (SchemaFileName.dbms(file.getFileName().toString()).isPresent()) {
              texts.put(place + root.relativize(file), BoundedText.of(file));
            }
          }
        }
        if (!texts.isEmpty()) {
          return;
        }
      }
    }
  }

  /** Returns the product in a file's name, which may begin with other words. */
  private static Optional<String> dbms(String place) {
    return SchemaFileName.dbms(place.substring(Math.max(0, place.lastIndexOf("schema."))));
  }
}
