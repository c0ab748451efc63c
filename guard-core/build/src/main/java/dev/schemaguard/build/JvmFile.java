// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The package and the imports of a source file in Java, Kotlin, Groovy or Scala.
 *
 * @param language the extension of its name in lower case: {@code kt}
 * @param packageName its package; empty if there is none
 * @param imports the names that it imports, with {@code *} for a whole package; a Kotlin alias
 *     follows after a space
 */
record JvmFile(String language, String packageName, List<String> imports) {

  private static final Pattern ENDING = Pattern.compile("(?i).*\\.(java|kt|groovy|scala)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)(?:^|;)\\s*package\\s+([\\w.`]+)");
  private static final Pattern IMPORT =
      Pattern.compile(
          "(?m)(?:^|;)\\s*import\\s+([\\w`]+(?:\\.[\\w`]+)*(?:\\.\\*)?)(?:\\s+as\\s+(\\w+))?");

  JvmFile {
    imports = List.copyOf(imports);
  }

  /** Returns the language of a file with this name; empty if it is another kind of file. */
  static Optional<String> language(Path file) {
    Matcher ending = ENDING.matcher(file.getFileName().toString());
    return ending.matches()
        ? Optional.of(ending.group(1).toLowerCase(java.util.Locale.ROOT))
        : Optional.empty();
  }

  /** Reads the package and the imports. */
  static JvmFile of(String language, String code) {
    Matcher found = PACKAGE.matcher(code);
    String packageName = found.find() ? found.group(1).replace("`", "") : "";
    List<String> imports = new ArrayList<>();
    Matcher imported = IMPORT.matcher(code);
    while (imported.find()) {
      String name = imported.group(1).replace("`", "").replaceFirst("\\._$", ".*");
      imports.add(imported.group(2) == null ? name : name + " " + imported.group(2));
    }
    return new JvmFile(language, packageName, imports);
  }

  /** Returns the full names that a name in this file may refer to, the most likely one first. */
  List<String> candidates(String name) {
    List<String> candidates = new ArrayList<>();
    String first = name.replaceFirst("\\..*", "");
    String rest = name.substring(first.length());
    for (String imported : imports) {
      String[] parts = imported.split(" ", -1);
      String own = parts.length > 1 ? parts[1] : parts[0].substring(parts[0].lastIndexOf('.') + 1);
      if (own.equals(first)) {
        candidates.add(parts[0] + rest);
      }
    }
    if (candidates.isEmpty()) {
      candidates.add(packageName.isEmpty() ? name : packageName + "." + name);
      for (String imported : imports) {
        if (imported.endsWith(".*")) {
          candidates.add(imported.substring(0, imported.length() - 1) + name);
        }
      }
      if (name.indexOf('.') > 0) {
        candidates.add(name);
      }
      candidates.add("java.lang." + name);
      if (language.equals("groovy")) {
        candidates.add("groovy.lang." + name);
        candidates.add("java.util." + name);
        candidates.add("java.io." + name);
      }
    }
    return candidates;
  }
}
