// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.text.BoundedText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schema files in a folder that may be gone when they are needed.
 *
 * @param place the folder with a slash at its end, for messages
 * @param texts their texts by Liquibase's short name of the database product
 */
record BundledSchemaFiles(String place, Map<String, String> texts) {

  private static final Pattern NAME = Pattern.compile("schema\\.([a-z0-9]+)\\.txt");

  /**
   * Returns the texts of the schema files in a folder, by the product.
   *
   * @throws ConfigurationException if one cannot be read
   */
  static Map<String, String> in(Path folder) {
    Map<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "schema.*.txt")) {
        for (Path file : files) {
          Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
          if (name.matches()) {
            texts.put(name.group(1), BoundedText.of(file));
          }
        }
      } catch (IOException e) {
        throw new ConfigurationException(
            folder.toString(),
            "its schema files cannot be read: " + e,
            "Make them readable for this process.",
            e);
      }
    }
    return texts;
  }

  /** Returns a matrix with these files. */
  CompatibilityMatrix addTo(CompatibilityMatrix matrix) {
    CompatibilityMatrix with = matrix;
    for (Map.Entry<String, String> file : texts.entrySet()) {
      with =
          with.withSchemaFile(
              file.getKey(), file.getValue(), place + "schema." + file.getKey() + ".txt");
    }
    return with;
  }
}
