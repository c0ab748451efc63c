// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 file of a project.
 *
 * @param path its path
 */
public record TextFile(Path path) {

  /**
   * Returns the file's text; null if the file does not exist.
   *
   * @throws ConfigurationException if it cannot be read or is not UTF-8
   */
  public @Nullable String read() {
    try {
      return Files.exists(path) ? Files.readString(path) : null;
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(
          path.toString(), "the document is not UTF-8", "Save it as UTF-8.", e);
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /**
   * Writes the text; the directory is created if necessary.
   *
   * @throws ConfigurationException if it cannot be written
   */
  public void write(String text) {
    try {
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(path, text);
    } catch (IOException e) {
      throw failure("written", e);
    }
  }

  private ConfigurationException failure(String verb, IOException e) {
    return new ConfigurationException(
        path.toString(),
        "the file cannot be "
            + verb
            + " ("
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage()
            + ")",
        "Name a place that this process may read and write.",
        e);
  }
}
