// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.RequiresAppMarker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The requires-app marker in the comment of a history's table, where the tool records no comments:
 * {@code requires-app 1.5.0 0040_drop}. It speaks for everything ahead, as long as the database is
 * at the revision that it names; at another one it is malformed, because a migration that wrote no
 * marker must not pass as admitted by an older one.
 *
 * @param comment the comment on the table
 */
record TableMarker(String comment) {

  /** Returns the assessment with the marker; the same one if the comment holds none. */
  static Assessment applied(String comment, Assessment assessment) {
    return RequiresAppMarker.parse(comment).isPresent()
            && assessment.reading() instanceof History history
        ? assessment
            .assessor()
            .assess(new TableMarker(comment).in(history, assessment.comparison()))
        : assessment;
  }

  private History in(History history, ComparisonResult comparison) {
    Set<HistoryEntry> ahead = new HashSet<>();
    for (AheadRevision revision : comparison.ahead()) {
      ahead.add(revision.entry());
    }
    String text = textAt(comparison.current());
    List<HistoryEntry> entries = new ArrayList<>(history.entries().size());
    for (HistoryEntry entry : history.entries()) {
      entries.add(ahead.contains(entry) ? entry.withComment(text) : entry);
    }
    return new History(
        history.place(), entries, history.changeToken(), history.lock(), history.unseen());
  }

  /** Returns the comment of every revision ahead. */
  private String textAt(@Nullable String current) {
    Optional<String> spoken = RequiresAppMarker.wordAfterVersion(comment);
    if (spoken.isPresent() && current != null && isSame(spoken.get(), current)) {
      return comment;
    }
    return "the table's comment, which is not about " + current + ": " + comment;
  }

  private static boolean isSame(String spoken, String current) {
    Optional<MigrationVersion> number = MigrationVersion.parse(spoken);
    return spoken.equals(current)
        || (number.isPresent() && number.equals(MigrationVersion.parse(current)));
  }
}
