// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a Spring Boot application, as far as its application.properties or
 * application.yml contain plain values.
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

  private static final Pattern OTHER_FILES =
      Pattern.compile("(?:application-.*|bootstrap)\\.(?:properties|ya?ml)");

  private static final Pattern PROPERTY =
      Pattern.compile("(?m)^\\s*([\\w.\\[\\]-]+)\\s*[=:]\\s*(.*?)\\s*$");
  private static final Pattern KEY = Pattern.compile("( *)([\\w.-]+):(?:\\s+(.*?))?\\s*");
  private static final Pattern ITEM = Pattern.compile("\\s*-\\s+(.*?)\\s*");

  /** A quoted value, or one that ends before a comment. */
  private static final Pattern SCALAR =
      Pattern.compile("(?:'([^']*)'|\"([^\"]*)\"|((?:[^#]|(?<!\\s)#)*?))(?:\\s+#.*)?");

  private record Level(int indent, String key) {}

  /** Returns the value of a setting; empty if it is missing, or depends on another setting. */
  Optional<String> value(String name) {
    return text(name).filter(found -> !found.isEmpty() && !found.contains("${"));
  }

  /** Returns the raw value of a setting; empty if it is missing. */
  Optional<String> text(String name) {
    for (String file : FILES) {
      Optional<String> value = in(module.resolve(InitTool.RESOURCES_NAME).resolve(file), name);
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /** Returns whether a profile's settings, or those of {@code bootstrap}, contain this one. */
  boolean isSetElsewhere(String name) {
    Path resources = module.resolve(InitTool.RESOURCES_NAME);
    for (Path file : tree.files()) {
      if (file.startsWith(resources)
          && OTHER_FILES.matcher(file.getFileName().toString()).matches()
          && in(file, name).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> in(Path file, String name) {
    if (!tree.files().contains(file)) {
      return Optional.empty();
    }
    String text = tree.read(file);
    return file.toString().endsWith(".properties") ? property(text, name) : yaml(utf8(text), name);
  }

  /** The tree reads every file as ISO 8859-1, the encoding of properties; YAML is UTF-8. */
  private static String utf8(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /** Returns the values of a list; empty if it is missing, or they depend on another setting. */
  List<String> values(String name) {
    List<String> values =
        value(name)
            .map(text -> List.of(text.replaceAll("[\\[\\]'\"]", "").strip().split("\\s*,\\s*")))
            .orElseGet(() -> items(name));
    return values.stream().anyMatch(one -> one.contains("${")) ? List.of() : values;
  }

  /** Returns items on separate lines: {@code - a} in YAML, {@code name[0]=a} in properties. */
  private List<String> items(String name) {
    for (String file : FILES) {
      Path path = module.resolve(InitTool.RESOURCES_NAME).resolve(file);
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
          items.add(scalar(item.group(1)));
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
    return key.matches() ? Optional.of(scalar(key.group(3))) : Optional.empty();
  }

  private static String scalar(@Nullable String written) {
    Matcher value = SCALAR.matcher(written == null || written.startsWith("#") ? "" : written);
    if (!value.matches()) {
      return String.valueOf(written);
    }
    return Stream.of(1, 2, 3).map(value::group).filter(Objects::nonNull).findFirst().orElse("");
  }

  /**
   * Returns the number of the line that contains a key of the first document, starting at 1; 0 if
   * there is none.
   */
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

  /** Compares names as Spring Boot does, which ignores letter case and dashes. */
  private static boolean isSame(String one, String other) {
    return one.replace("-", "").equalsIgnoreCase(other.replace("-", ""));
  }
}
