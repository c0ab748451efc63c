// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sources of a project in Java, Kotlin, Groovy and Scala. A class is found by the package
 * declaration of its file, independent of the folder. Files are read lazily.
 */
final class JvmSources {

  private final List<Path> roots;
  private @Nullable Map<Path, String> texts;
  private final Map<Path, List<JvmClass>> parsed = new HashMap<>();

  /** Creates the sources below these directories; a directory that does not exist is ignored. */
  JvmSources(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  /** Returns the classes in this package and its sub-packages. */
  List<JvmClass> in(String packageName) {
    List<JvmClass> found = new ArrayList<>();
    texts()
        .forEach(
            (file, text) -> {
              if (text.contains(packageName)) {
                classes(file, text).stream()
                    .filter(one -> (one.source().packageName() + ".").startsWith(packageName + "."))
                    .forEach(found::add);
              }
            });
    return found;
  }

  /**
   * Returns the class with this name, which contains the package and the enclosing classes,
   * separated by dots.
   */
  Optional<JvmClass> named(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1);
    return texts().entrySet().stream()
        .filter(file -> file.getValue().contains(simple))
        .flatMap(file -> classes(file.getKey(), file.getValue()).stream())
        .filter(one -> one.qualifiedName().replace('$', '.').equals(name))
        .findFirst();
  }

  private List<JvmClass> classes(Path file, String text) {
    return parsed.computeIfAbsent(
        file, path -> JvmDeclarations.in(path, JvmFile.language(path).orElseThrow(), text));
  }

  private Map<Path, String> texts() {
    if (texts == null) {
      Map<Path, String> found = new LinkedHashMap<>();
      for (Path root : roots) {
        if (Files.isDirectory(root)) {
          read(root, found);
        }
      }
      texts = found;
    }
    return texts;
  }

  private static void read(Path root, Map<Path, String> texts) {
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(one -> JvmFile.language(one).isPresent()).sorted().toList()) {
        texts.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ConfigurationException(
          root.toString(),
          "its sources cannot be read (" + e.getClass().getSimpleName() + ")",
          "Make them readable for this process.",
          e);
    }
  }
}
