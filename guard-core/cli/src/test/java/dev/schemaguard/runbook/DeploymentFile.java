// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.runbook;

import dev.schemaguard.testing.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A file to copy below docs/deploy.
 *
 * @param text as it stands there
 * @param documents its YAML; empty for a script
 */
record DeploymentFile(String name, String text, List<Object> documents) {

  private static final Path FOLDER = Document.root().resolve("docs/deploy");

  static Stream<DeploymentFile> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.map(file -> of(file.getFileName().toString())).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DeploymentFile of(String name) {
    try {
      String text = Files.readString(FOLDER.resolve(name));
      List<Object> documents = new ArrayList<>();
      LoaderOptions strict = new LoaderOptions();
      strict.setAllowDuplicateKeys(false);
      if (!name.endsWith(".sh")) {
        new Yaml(new SafeConstructor(strict)).loadAll(text).forEach(documents::add);
      }
      return new DeploymentFile(name, text, documents);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands behind a key, wherever it is; the elements of a list each for itself. */
  List<Object> values(String key) {
    List<Object> found = new ArrayList<>();
    documents.forEach(each -> collect(each, key, found));
    return found;
  }

  private static void collect(Object node, String key, List<Object> found) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (name.equals(key)) {
              found.addAll(value instanceof Collection<?> list ? list : List.of(value));
            }
            collect(value, key, found);
          });
    } else if (node instanceof Collection<?> list) {
      list.forEach(each -> collect(each, key, found));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
