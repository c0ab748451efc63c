// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a history with a row if no chain defines the order of revisions: only the row's own
 * names are known, and what the {@linkplain RowMatcher tool's kind of names} places beyond the
 * expected one is ahead. Whatever cannot be determined is an error, never a guess.
 */
final class RowComparison {

  private static final String BUNDLE =
      "Bundle the chain: generate schema-guard/revisions.txt from the migrations.";

  private final MatrixRow row;
  private final String min;
  private final AssessmentTarget target;
  private final RowMatcher names;

  RowComparison(MatrixRow row, History history, PathPatterns paths, AssessmentTarget target) {
    this.row = row;
    this.min = row.min() == null ? row.expected() : row.min();
    this.target = target;
    this.names = RowMatcher.in(history, paths);
  }

  /** Returns the revisions that a row names. */
  static RowBounds bounds(MatrixRow row) {
    return new RowBounds(row.expected(), row.min() == null ? row.expected() : row.min(), row.max());
  }

  /** Rejects a row that has no meaning without a chain. */
  static void requireNames(MatrixRow row) {
    if (row.expected().equals(MatrixRow.HEAD)) {
      throw cannotTell(row, "'head' means the end of the chain, and there is none");
    }
  }

  ComparisonResult compare() {
    HistoryEntry expectedEntry = names.applied(row, row.expected());
    HistoryEntry minEntry = names.applied(row, min);
    List<String> pending = new ArrayList<>();
    List<String> missing = minEntry == null ? List.of(min) : List.of();
    pending.addAll(missing);
    if (expectedEntry == null && !min.equals(row.expected())) {
      pending.add(row.expected());
    }
    List<AheadRevision> ahead = ahead(expectedEntry, minEntry);
    Position last = names.last();
    if (last.name() == null && !ahead.isEmpty()) {
      last = RowMatcher.at(ahead.get(ahead.size() - 1).entry());
    }
    return new ComparisonResult(
        names.hasEntries(),
        last,
        bounds(row),
        names.failed(),
        names.anyFailedWithin(row),
        missing,
        pending,
        expectedEntry == null ? List.of() : missing,
        ahead,
        MovedChangesets.NONE,
        List.of("no chain is bundled: only the names in the row are known"));
  }

  /** Returns where a database is and what failed in it, for a version that has no row. */
  static ComparisonResult withoutRow(History history, PathPatterns paths) {
    RowMatcher names = RowMatcher.in(history, paths);
    return ComparisonResult.at(names.last(), names.failed());
  }

  /**
   * Returns what lies beyond the expected revision. It also includes every revision that refuses
   * this version, wherever it is, because the version was certainly not built for it.
   */
  private List<AheadRevision> ahead(
      @Nullable HistoryEntry expectedEntry, @Nullable HistoryEntry minEntry) {
    List<HistoryEntry> beyond = names.beyond(row);
    HistoryEntry maxEntry = expectedEntry == null && beyond.isEmpty() ? null : maxEntry();
    List<AheadRevision> ahead = new ArrayList<>();
    Set<HistoryEntry> candidates = new LinkedHashSet<>(names.inEffect());
    candidates.addAll(beyond);
    for (HistoryEntry entry : candidates) {
      boolean after = beyond.contains(entry);
      if (after || !(entry.equals(expectedEntry) || entry.equals(minEntry))) {
        MaxRelation relation = entry.equals(maxEntry) ? MaxRelation.WITHIN : relation();
        AheadRevision revision =
            AheadRevision.judge(RowMatcher.shown(entry), entry, false, relation, target);
        if (after || revision.cause() == Cause.MARKER_REFUSES) {
          ahead.add(revision);
        }
      }
    }
    return ahead;
  }

  private @Nullable HistoryEntry maxEntry() {
    String max = row.max();
    return max == null || max.equals(MatrixRow.ANY) ? null : names.applied(row, max);
  }

  private MaxRelation relation() {
    return MatrixRow.ANY.equals(row.max()) ? MaxRelation.ANY : MaxRelation.UNSTATED;
  }

  /** Returns the exception to throw if the result cannot be determined from a row and a history. */
  static ConfigurationException cannotTell(MatrixRow row, String what) {
    return new ConfigurationException(row.where(), what, BUNDLE);
  }
}
