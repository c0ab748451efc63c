// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ChangesetKey;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which entries of a history that several applications share are ours: {@code **} stands for any
 * folders, {@code *} for anything within one, {@code ?} for one character.
 */
final class PathPatterns {

  private final List<Pattern> patterns;

  PathPatterns(List<String> patterns) {
    this.patterns = patterns.stream().map(PathPatterns::compile).toList();
  }

  boolean isOurs(HistoryEntry entry) {
    String path = entry.path();
    return patterns.isEmpty()
        || (path != null && patterns.stream().anyMatch(p -> p.matcher(path).matches()));
  }

  private static Pattern compile(String pattern) {
    String text = ChangesetKey.normalize(pattern);
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      if (text.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (text.startsWith("**", i)) {
        regex.append(".*");
        i += 1;
      } else {
        regex.append(
            switch (text.charAt(i)) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(text.substring(i, i + 1));
            });
      }
    }
    return Pattern.compile(regex.toString());
  }
}
