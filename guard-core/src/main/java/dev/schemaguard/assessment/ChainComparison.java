// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares a history with a row whose references are revisions of the chain. */
final class ChainComparison {

  private final ResolvedRow row;
  private final RevisionChain chain;
  private final ChainHistory history;
  private final AssessmentTarget target;
  private final BitSet upToExpected;
  private final @Nullable BitSet upToMax;

  ChainComparison(ResolvedRow row, ChainHistory history, AssessmentTarget target) {
    this.row = row;
    this.chain = row.chain();
    this.history = history;
    this.target = target;
    this.upToExpected = row.upToExpected();
    this.upToMax = row.max() == null ? null : chain.upTo(row.max());
  }

  /**
   * Compares the history with the row.
   *
   * @param read the history that was mapped onto the chain
   */
  ComparisonResult compare(History read) {
    HistoryPlace place = read.place();
    List<AheadRevision> ahead = ahead();
    Position current = Position.of(history, chain, upToExpected);
    BitSet pending = history.missing(upToExpected, upToExpected);
    return new ComparisonResult(
        history.hasEntries(),
        current,
        bounds(place),
        history.failed(),
        history.anyFailed(upToExpected),
        history.names(history.missing(row.upToMin(), upToExpected)),
        history.names(pending),
        history.holdsNewestVersion() ? List.of() : history.names(current.before(pending, chain)),
        ahead,
        MovedChangesets.in(history, chain),
        notes(read, current));
  }

  private List<String> notes(History read, Position current) {
    if (Tools.numbering(read.place().tool()) == GolangMigrateTool.NUMBERING) {
      return LateLines.notes(chain, appliedAsExpected(), history);
    }
    if (!history.recordsHeads()) {
      return List.of();
    }
    if (history.heads().isEmpty()) {
      return List.of(
          current.name()
              + " is not in the chain: it is assumed, not known, that the whole chain is"
              + " applied below it");
    }
    return RedundantHeads.in(read, chain, history)
        .map(redundant -> List.of(redundant.reason()))
        .orElse(List.of());
  }

  private BitSet appliedAsExpected() {
    BitSet lines = (BitSet) history.applied().clone();
    lines.and(upToExpected);
    return lines;
  }

  /** Returns the heads of the whole chain, named as {@link Position} names those of a database. */
  private @Nullable String heads(String dbms) {
    List<String> heads = new ArrayList<>();
    BitSet below = new BitSet();
    for (int i = chain.size() - 1; i >= 0; i--) {
      Revision revision = chain.revision(i);
      if (!below.get(i) && revision.isDue(dbms)) {
        heads.add(0, chain.displayName(revision));
        below.or(chain.upTo(revision));
      }
    }
    return heads.isEmpty() ? null : String.join(", ", heads);
  }

  private RowBounds bounds(HistoryPlace place) {
    boolean wholeChain = row.expected() == null && Tools.recordsHeads(place.tool());
    return bounds(row, wholeChain ? heads(place.dbms()) : expectedName(row, place.dbms()));
  }

  /** Returns the revisions that a row names, before anything is read. */
  static RowBounds bounds(ResolvedRow row) {
    return bounds(row, expectedName(row, null));
  }

  private static RowBounds bounds(ResolvedRow row, @Nullable String expected) {
    RevisionChain chain = row.chain();
    Revision min = row.min();
    Revision max = row.max();
    return new RowBounds(
        expected,
        min == null ? expected : chain.displayName(min),
        max == null ? row.row().max() : chain.displayName(max));
  }

  /**
   * Returns the name of the expected revision. If the whole chain is expected, it is the last
   * revision that is due.
   */
  private static @Nullable String expectedName(ResolvedRow row, @Nullable String dbms) {
    RevisionChain chain = row.chain();
    Revision expected = row.expected();
    Revision last = expected != null ? expected : chain.head(dbms).orElse(null);
    return last == null ? null : chain.displayName(last);
  }

  private List<AheadRevision> ahead() {
    List<AheadRevision> ahead = new ArrayList<>();
    BitSet lines = beyondExpectedOrRetired();
    for (int i = lines.nextSetBit(0); i >= 0; i = lines.nextSetBit(i + 1)) {
      HistoryEntry entry = history.entry(i);
      if (entry != null && chain.isRetired(i)) {
        addRetired(ahead, i, entry);
      } else if (entry != null && !upToExpected.get(i)) {
        ahead.add(AheadRevision.judge(history.name(i), entry, true, relation(i), target));
      }
    }
    for (HistoryEntry entry : history.unknown()) {
      MaxRelation relation = row.admitsAnyLater() ? MaxRelation.ANY : MaxRelation.UNSTATED;
      ahead.add(AheadRevision.judge(history.name(entry), entry, false, relation, target));
    }
    return ahead;
  }

  /**
   * Returns the lines that may be ahead. They are not collected one by one, because there may be
   * thousands of others.
   */
  private BitSet beyondExpectedOrRetired() {
    BitSet lines = (BitSet) history.applied().clone();
    lines.or(history.dirty());
    lines.andNot(upToExpected);
    for (int i : chain.attributedPositions()) {
      if (chain.isRetired(i) && history.applied().get(i)) {
        lines.set(i);
      }
    }
    return lines;
  }

  /**
   * Adds a retired line. It has no effect, unless its marker says that this version does not
   * tolerate it.
   */
  private void addRetired(List<AheadRevision> ahead, int position, HistoryEntry entry) {
    AssessmentTarget withoutOperator = target.withoutAccepted();
    if (RequiresAppMarker.parse(entry.comment(), target.application()).isPresent()
        && judgeRetired(position, entry, withoutOperator).cause()
            != AheadRevision.Cause.MARKER_ADMITS) {
      ahead.add(judgeRetired(position, entry, target));
    }
  }

  private AheadRevision judgeRetired(int position, HistoryEntry entry, AssessmentTarget asked) {
    return AheadRevision.judge(history.name(position), entry, true, MaxRelation.UNSTATED, asked);
  }

  private MaxRelation relation(int position) {
    if (row.admitsAnyLater()) {
      return MaxRelation.ANY;
    }
    if (upToMax == null) {
      return MaxRelation.UNSTATED;
    }
    return upToMax.get(position) ? MaxRelation.WITHIN : MaxRelation.BEYOND;
  }
}
