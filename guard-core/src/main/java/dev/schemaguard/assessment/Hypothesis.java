// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Histories that no database holds yet, for questions that begin with "what if". */
final class Hypothesis {

  private Hypothesis() {}

  /** The history after everything that {@code row} expects was applied on top of what is there. */
  static History migrated(HistoryReading reading, ResolvedRow row) {
    List<HistoryEntry> entries = new ArrayList<>();
    if (reading instanceof History history) {
      entries.addAll(history.entries());
    }
    addDue(entries, row.chain(), row.upToExpected(), reading.place().dbms());
    return new History(reading.place(), entries);
  }

  /** The history of a database that stands exactly at {@code revision}. */
  static History at(RevisionChain chain, Revision revision) {
    List<HistoryEntry> entries = new ArrayList<>();
    addDue(entries, chain, chain.upTo(revision), null);
    entries.add(applied(revision));
    return new History(new HistoryPlace("", "", null, ""), entries);
  }

  private static void addDue(
      List<HistoryEntry> entries, RevisionChain chain, BitSet lines, @Nullable String dbms) {
    lines.stream()
        .mapToObj(chain.revisions()::get)
        .filter(revision -> revision.isDue(dbms))
        .forEach(revision -> entries.add(applied(revision)));
  }

  private static HistoryEntry applied(Revision revision) {
    return new HistoryEntry(
        ChangesetKey.canonical(revision.name()),
        revision.shortName(),
        revision.changeset().map(ChangesetKey::path).orElse(null),
        Outcome.APPLIED,
        false,
        null,
        null,
        null);
  }
}
