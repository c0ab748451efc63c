// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ChangesetKey;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds Liquibase changelogs below a resources directory, by the content of the files. */
final class ChangelogFiles {

  private static final Pattern XML =
      Pattern.compile(
          "\\s*(?:<[?!][^>]*>\\s*|<!--.*?-->\\s*)*<(?:\\w+:)?databaseChangeLog\\b.*",
          Pattern.DOTALL);
  private static final Pattern YAML =
      Pattern.compile("(?m)^-?\\s*['\"]?databaseChangeLog['\"]?\\s*:");
  private static final Pattern JSON = Pattern.compile("\"databaseChangeLog\"\\s*:");
  private static final Pattern SQL =
      Pattern.compile("\\s*--\\s*liquibase\\s+formatted\\s+sql\\b", Pattern.CASE_INSENSITIVE);

  /** The file names in an include or includeAll, in XML, YAML and JSON. */
  private static final Pattern NAMED =
      Pattern.compile(
          "\\b(?:file|path)['\"]?\\s*[=:]\\s*['\"]?([^'\"\\s,>}]+(?:\\$\\{[^}]*\\}[^'\"\\s,>]*)*)");

  private ChangelogFiles() {}

  /** Returns whether this text is a changelog; the format is determined by the file's extension. */
  static boolean isChangelog(String name, String text) {
    String content = text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text;
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    return switch (ending) {
      case "xml" -> XML.matcher(content).matches();
      case "yaml", "yml" -> YAML.matcher(content).find();
      case "json" -> JSON.matcher(content).find();
      case "sql" -> SQL.matcher(content).lookingAt();
      default -> false;
    };
  }

  /**
   * Returns the changelogs below {@code resources} that are not included by another one, as paths
   * relative to it.
   */
  static List<String> masters(ProjectTree tree, Path resources) {
    Map<String, String> changelogs = new LinkedHashMap<>();
    for (Path file : tree.files()) {
      if (file.startsWith(resources)) {
        String name = ProjectTree.text(resources.relativize(file));
        String text = name.matches("(?i).*\\.(xml|ya?ml|json|sql)") ? tree.read(file) : "";
        if (isChangelog(name, text)) {
          changelogs.put(name, text);
        }
      }
    }
    Set<String> included = new HashSet<>();
    changelogs.forEach(
        (name, text) -> {
          for (Pattern pattern : named(name, text)) {
            changelogs.keySet().stream()
                .filter(other -> !other.equals(name) && pattern.matcher(other).matches())
                .forEach(included::add);
          }
        });
    return changelogs.keySet().stream().filter(name -> !included.contains(name)).toList();
  }

  /**
   * Returns patterns of the paths that the changelog includes, relative to the resources or to the
   * changelog; a directory includes everything below it.
   */
  private static Set<Pattern> named(String changelog, String text) {
    Set<Pattern> named = new HashSet<>();
    Matcher found = NAMED.matcher(text);
    while (found.find()) {
      String path = ChangesetKey.normalize(found.group(1));
      String folder = changelog.substring(0, changelog.lastIndexOf('/') + 1);
      for (String start : List.of("", folder)) {
        String whole = ChangesetKey.normalize(start + path).replaceFirst("/+$", "");
        String literal = "\\Q" + whole.replaceAll("\\$\\{[^}]*\\}", "\\\\E.*\\\\Q") + "\\E";
        named.add(Pattern.compile(whole.isEmpty() ? ".*" : literal + "(?:/.*)?"));
      }
    }
    return named;
  }
}
