// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns that select this application's entries in a history that several applications share:
 * {@code **} matches any folders, {@code *} anything within one, {@code ?} one character.
 */
public final class PathPatterns {

  /** Selects every entry. */
  public static final PathPatterns ALL = new PathPatterns(List.of());

  private final List<PathPattern> patterns;

  /**
   * Creates the patterns from {@code Paths:}. If there are none, every entry is this application's.
   */
  public PathPatterns(List<String> patterns) {
    List<PathPattern> parsed = new ArrayList<>(patterns.size());
    for (String pattern : patterns) {
      parsed.add(new PathPattern(pattern));
    }
    this.patterns = List.copyOf(parsed);
  }

  /**
   * Returns whether an entry belongs to this application.
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
          "the history records no paths, so it is unknown whether "
              + entry.name()
              + " belongs to this application",
          "Remove Paths: from the matrix; keep the history in a table of this application's own.");
    }
    return patterns.stream().anyMatch(pattern -> pattern.covers(path));
  }
}
