// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of a Spring Boot application, as far as its application.properties or
 * application.yml spells them plainly.
 *
 * @param tree the files of the project
 * @param module the directory of the application's module
 */
record SpringSettings(ProjectTree tree, Path module) {

  private static final List<String> FILES =
      List.of(
          "application.properties",
          "application.yml",
          "application.yaml",
          "config/application.properties",
          "config/application.yml",
          "config/application.yaml");

  private static final Pattern PROPERTY =
      Pattern.compile("(?m)^\\s*([\\w.-]+)\\s*[=:]\\s*(.*?)\\s*$");
  private static final Pattern KEY = Pattern.compile("( *)([\\w.-]+):\\s*['\"]?(.*?)['\"]?\\s*");

  private record Level(int indent, String key) {}

  /** The value of a setting; empty if there is none, or it depends on another one. */
  Optional<String> value(String name) {
    for (String file : FILES) {
      Path path = module.resolve(StarterTool.RESOURCES).resolve(file);
      if (tree.files().contains(path)) {
        String text = tree.read(path);
        Optional<String> value =
            file.endsWith(".properties") ? property(text, name) : yaml(text, name);
        if (value.isPresent()) {
          return value.filter(found -> !found.isEmpty() && !found.contains("${"));
        }
      }
    }
    return Optional.empty();
  }

  /** The one of these names that a setting has; all of them if it has none. */
  List<String> choose(String setting, List<String> names) {
    return value(setting)
        .map(ChangesetKey::normalize)
        .filter(names::contains)
        .map(List::of)
        .orElse(names);
  }

  private static Optional<String> property(String text, String name) {
    Matcher found = PROPERTY.matcher(text);
    while (found.find()) {
      if (isSame(found.group(1), name)) {
        return Optional.of(found.group(2));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> yaml(String text, String name) {
    Deque<Level> levels = new ArrayDeque<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("---") && !levels.isEmpty()) {
        return Optional.empty();
      }
      Matcher key = KEY.matcher(line);
      if (key.matches()) {
        int indent = key.group(1).length();
        while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
          levels.removeLast();
        }
        levels.addLast(new Level(indent, key.group(2)));
        String whole = String.join(".", levels.stream().map(Level::key).toList());
        if (isSame(whole, name)) {
          return Optional.of(key.group(3));
        }
      }
    }
    return Optional.empty();
  }

  /** As Spring Boot compares names: letter case and dashes do not count. */
  private static boolean isSame(String one, String other) {
    return one.replace("-", "").equalsIgnoreCase(other.replace("-", ""));
  }
}
