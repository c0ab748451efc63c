// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Creates histories that no database has yet, to answer questions such as "what if". */
public final class ProjectedHistory {

  private ProjectedHistory() {}

  /**
   * Returns this application's history after everything that {@code row} expects has been applied
   * on top of it.
   */
  static History migrated(HistoryResult reading, ResolvedRow row, PathPatterns paths) {
    List<HistoryEntry> entries = new ArrayList<>();
    if (reading instanceof History history) {
      history.entries().stream().filter(paths::isOurs).forEach(entries::add);
    }
    ChainHistory placed =
        new ChainHistory(row.chain(), new History(reading.place(), entries), PathPatterns.ALL);
    placed.missing(row.upToExpected(), row.upToExpected()).stream()
        .mapToObj(row.chain().revisions()::get)
        .forEach(revision -> entries.add(applied(revision, reading.place().tool())));
    return new History(reading.place(), entries);
  }

  /**
   * Returns the history of a database that is exactly at {@code revision}, with everything before
   * it.
   */
  public static History at(RevisionChain chain, Revision revision) {
    List<HistoryEntry> entries = new ArrayList<>();
    chain.upTo(revision).stream()
        .mapToObj(chain.revisions()::get)
        .filter(before -> !before.optional() && !before.retired())
        .forEach(before -> entries.add(applied(before, "")));
    entries.add(applied(revision, ""));
    return new History(new HistoryPlace("", "", null, ""), entries);
  }

  /** Returns the history of a database to which exactly these lines of the chain were applied. */
  public static History of(HistoryPlace place, RevisionChain chain, BitSet lines) {
    List<HistoryEntry> entries = new ArrayList<>();
    lines.stream()
        .mapToObj(chain::revision)
        .forEach(revision -> entries.add(applied(revision, "")));
    return new History(place, entries);
  }

  /**
   * Returns what {@code tool} would record for {@code revision}, as far as the chain knows it.
   *
   * @param tool its name; empty if it is not known, or if no comment is to count
   */
  static HistoryEntry applied(Revision revision, String tool) {
    return new HistoryEntry(
        ChangesetKey.canonical(revision.name()),
        revision.shortName(),
        revision.changeset().map(ChangesetKey::path).orElse(null),
        Outcome.APPLIED,
        false,
        null,
        Tools.commentOf(revision, tool),
        null);
  }
}
