// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
      Pattern.compile("(?m)^\\s*([\\w.\\[\\]-]+)\\s*[=:]\\s*(.*?)\\s*$");
  private static final Pattern KEY = Pattern.compile("( *)([\\w.-]+):\\s*['\"]?(.*?)['\"]?\\s*");

  private static final Pattern ITEM = Pattern.compile("\\s*-\\s+['\"]?(.*?)['\"]?\\s*");

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

  /** The values of a setting that is a list; empty if there is none, or they depend on another. */
  List<String> values(String name) {
    List<String> values =
        value(name)
            .map(text -> List.of(text.replaceAll("[\\[\\]'\"]", "").strip().split("\\s*,\\s*")))
            .orElseGet(() -> items(name));
    return values.stream().anyMatch(one -> one.contains("${")) ? List.of() : values;
  }

  /** Items on lines of their own: {@code - a} in YAML, {@code name[0]=a} in properties. */
  private List<String> items(String name) {
    for (String file : FILES) {
      Path path = module.resolve(StarterTool.RESOURCES).resolve(file);
      List<String> items = new ArrayList<>();
      if (tree.files().contains(path) && file.endsWith(".properties")) {
        Matcher found = PROPERTY.matcher(tree.read(path));
        while (found.find()) {
          if (isSame(found.group(1).replaceFirst("\\[\\d+\\]$", ""), name)) {
            items.add(found.group(2));
          }
        }
      } else if (tree.files().contains(path)) {
        List<String> lines = tree.read(path).lines().toList();
        for (int i = lineOf(lines, name); i > 0 && i < lines.size(); i++) {
          Matcher item = ITEM.matcher(lines.get(i));
          if (!item.matches()) {
            break;
          }
          items.add(item.group(1));
        }
      }
      if (!items.isEmpty()) {
        return items;
      }
    }
    return List.of();
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
    List<String> lines = text.lines().toList();
    int next = lineOf(lines, name);
    if (next == 0) {
      return Optional.empty();
    }
    Matcher key = KEY.matcher(lines.get(next - 1));
    return key.matches() ? Optional.of(key.group(3)) : Optional.empty();
  }

  /** The number of the line with a key of the first document, from 1; 0 if there is none. */
  private static int lineOf(List<String> lines, String name) {
    Deque<Level> levels = new ArrayDeque<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith("---") && !levels.isEmpty()) {
        return 0;
      }
      Matcher key = KEY.matcher(lines.get(i));
      if (key.matches()) {
        int indent = key.group(1).length();
        while (!levels.isEmpty() && levels.getLast().indent() >= indent) {
          levels.removeLast();
        }
        levels.addLast(new Level(indent, key.group(2)));
        if (isSame(String.join(".", levels.stream().map(Level::key).toList()), name)) {
          return i + 1;
        }
      }
    }
    return 0;
  }

  /** As Spring Boot compares names: letter case and dashes do not count. */
  private static boolean isSame(String one, String other) {
    return one.replace("-", "").equalsIgnoreCase(other.replace("-", ""));
  }
}
