// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what the names of a row mean in a history if no chain defines the order of revisions. */
public interface RowMatcher {

  /** Returns the matcher for {@code history}, which identifies migrations as its tool does. */
  static RowMatcher in(History history, PathPatterns paths) {
    Numbering numbering = Tools.numbering(history.place().tool());
    if (numbering != null) {
      return new NumberMatcher(history, numbering, paths);
    }
    if (Tools.holdsNewestVersion(history)) {
      return new NewestMatcher(history);
    }
    for (HistoryEntry entry : history.entries()) {
      if (entry.outcome() == Outcome.HEAD) {
        return new HeadMatcher(history, paths);
      }
    }
    return new IdMatcher(history, paths);
  }

  /** Returns whether any entry is this application's. */
  boolean hasEntries();

  /**
   * Returns the entry by which the revision that {@code reference} names is in effect; null if it
   * is not in effect.
   *
   * @throws ConfigurationException if that cannot be determined
   */
  @Nullable HistoryEntry applied(MatrixRow row, String reference);

  /** Returns the latest entries of all revisions in effect, in display order. */
  List<HistoryEntry> inEffect();

  /**
   * Returns the entries in effect that lie beyond what {@code row} expects.
   *
   * @throws ConfigurationException if that cannot be determined
   */
  List<HistoryEntry> beyond(MatrixRow row);

  /** Returns whether anything failed that does not lie beyond what {@code row} expects. */
  boolean anyFailedWithin(MatrixRow row);

  /** Returns the names of what failed and has not been applied since. */
  List<String> failed();

  /** Returns where the database is. */
  Position last();

  /** Returns the display name of an entry. */
  static String shown(HistoryEntry entry) {
    return entry.shortName().isBlank() ? entry.name() : entry.shortName();
  }

  /** Returns the position of {@code entry}. */
  static Position at(@Nullable HistoryEntry entry) {
    return new Position(entry == null ? null : shown(entry), entry, -1);
  }
}
