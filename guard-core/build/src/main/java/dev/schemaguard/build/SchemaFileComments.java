// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments that people wrote in a schema file. A comment belongs to the next line, and goes
 * with it. Immutable.
 */
final class SchemaFileComments {

  private static final Pattern NAME = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^\\s\"])+");

  private final Map<String, List<String>> byLine = new HashMap<>();

  /**
   * Collects the comments of a text.
   *
   * @param generated a text whose comments are not people's
   */
  SchemaFileComments(String text, String generated) {
    Set<String> own = new HashSet<>(generated.lines().toList());
    List<String> open = new ArrayList<>();
    LineNames names = new LineNames();
    for (String line : text.lines().toList()) {
      if (line.strip().startsWith("#")) {
        if (!own.contains(line.strip())) {
          open.add(line.stripTrailing());
        }
      } else if (!line.isBlank() && !open.isEmpty()) {
        byLine.computeIfAbsent(names.of(line), name -> new ArrayList<>()).addAll(open);
        open.clear();
      } else if (!line.isBlank()) {
        names.of(line);
      }
    }
    if (!open.isEmpty()) {
      byLine.put("", open);
    }
  }

  /** Returns a generated text with the comments before their lines, where these still exist. */
  String in(String text) {
    StringBuilder result = new StringBuilder();
    LineNames names = new LineNames();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        byLine
            .getOrDefault(names.of(line), List.of())
            .forEach(each -> result.append(each).append('\n'));
      }
      result.append(line).append('\n');
    }
    byLine.getOrDefault("", List.of()).forEach(each -> result.append(each).append('\n'));
    return result.toString();
  }

  /** Names the lines of one text: by the table, and the column's name or the key. */
  private static final class LineNames {

    private String table = "";

    String of(String line) {
      String body = line.strip().replaceFirst("\\t.*", "").strip();
      if (body.startsWith("table ") || body.startsWith("view ")) {
        table = body.substring(body.indexOf(' ') + 1).strip();
        return table;
      }
      Matcher name = NAME.matcher(body);
      boolean column = !table.isEmpty() && !body.startsWith("key ") && name.lookingAt();
      return table + "\n" + (column ? name.group() : body);
    }
  }
}
