// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which entries of a history that several applications share are ours: {@code **} stands for any
 * folders, {@code *} for anything within one, {@code ?} for one character.
 */
public final class PathPatterns {

  /** Everything is ours. */
  public static final PathPatterns ALL = new PathPatterns(List.of());

  private final List<PathPattern> patterns;

  /** The patterns as {@code Paths:} gives them; none: everything is ours. */
  public PathPatterns(List<String> patterns) {
    List<PathPattern> parsed = new ArrayList<>(patterns.size());
    for (String pattern : patterns) {
      parsed.add(new PathPattern(pattern));
    }
    this.patterns = List.copyOf(parsed);
  }

  /**
   * Whether an entry belongs to this application.
   *
   * @throws ConfigurationException if there are patterns and the entry has no path
   */
  public boolean isOurs(HistoryEntry entry) {
    if (patterns.isEmpty()) {
      return true;
    }
    String path = entry.path();
    if (path == null) {
      throw new ConfigurationException(
          "Paths:",
          "the history records no paths, so none can tell whether " + entry.name() + " is ours",
          "Remove Paths: from the matrix; keep the history in a table of this application's own.");
    }
    return patterns.stream().anyMatch(pattern -> pattern.covers(path));
  }
}
