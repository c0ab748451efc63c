// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.Numbering;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the names of a row mean in a history where no chain tells the order of revisions. */
public interface RowMatcher {

  /** The names in {@code history}, as its tool tells migrations apart. */
  static RowMatcher in(History history, PathPatterns paths) {
    Numbering numbering = history.place().numbering();
    if (numbering != null) {
      return new NumberMatcher(history, numbering, paths);
    }
    if (history.holdsNewestVersion()) {
      return new NewestMatcher(history);
    }
    for (HistoryEntry entry : history.entries()) {
      if (entry.outcome() == Outcome.HEAD) {
        return new HeadMatcher(history, paths);
      }
    }
    return new IdMatcher(history, paths);
  }

  /** Whether any entry is ours. */
  boolean hasEntries();

  /**
   * The entry by which the revision that {@code reference} names is in effect; null where it is
   * not.
   *
   * @throws ConfigurationException if that cannot be told
   */
  @Nullable HistoryEntry applied(MatrixRow row, String reference);

  /** The latest entries of all revisions in effect, in the order in which they are shown. */
  List<HistoryEntry> inEffect();

  /**
   * Those in effect that lie beyond what {@code row} expects.
   *
   * @throws ConfigurationException if that cannot be told
   */
  List<HistoryEntry> beyond(MatrixRow row);

  /** Whether anything failed that does not lie beyond what {@code row} expects. */
  boolean anyFailedWithin(MatrixRow row);

  /** The names of what failed and was not applied since. */
  List<String> failed();

  /** Where the database stands. */
  Position last();

  /** An entry's name, as it is shown. */
  static String shown(HistoryEntry entry) {
    return entry.shortName().isBlank() ? entry.name() : entry.shortName();
  }

  /** The position of {@code entry}. */
  static Position at(@Nullable HistoryEntry entry) {
    return new Position(entry == null ? null : shown(entry), entry, -1);
  }
}
