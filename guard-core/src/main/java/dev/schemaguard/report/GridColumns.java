// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.assessment.ProjectedHistory;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.report.CompatibilityGrid.Column;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The columns of a grid: the revisions of a chain, in runs that no row distinguishes.
 *
 * @param runs the revisions of each column
 */
record GridColumns(RevisionChain chain, List<List<Revision>> runs) {

  private static final int MOST_COLUMNS = 20;

  /** Returns the columns of the grid of a matrix. */
  static GridColumns of(CompatibilityMatrix matrix) {
    RevisionChain chain = matrix.chain().orElse(RevisionChain.of(List.of()));
    return new GridColumns(chain, runs(matrix, chain));
  }

  /**
   * Returns a run for each revision if there are few; otherwise runs in which no row names a
   * revision.
   */
  private static List<List<Revision>> runs(CompatibilityMatrix matrix, RevisionChain chain) {
    BitSet ends = new BitSet();
    if (chain.revisions().size() <= MOST_COLUMNS) {
      ends.set(0, chain.revisions().size());
    } else {
      ends.set(chain.revisions().size() - 1);
      matrix.rows().forEach(row -> markNamed(ends, matrix.resolve(row)));
    }
    List<List<Revision>> all = new ArrayList<>();
    int start = 0;
    for (int end = ends.nextSetBit(0); end >= 0; end = ends.nextSetBit(end + 1)) {
      all.add(chain.revisions().subList(start, end + 1));
      start = end + 1;
    }
    return all;
  }

  /**
   * Marks the ends of runs for the revisions that a row names. Each is a column of its own, so the
   * run before it ends there too.
   */
  private static void markNamed(BitSet ends, ResolvedRow row) {
    for (Revision named : new Revision[] {row.expected(), row.min(), row.max()}) {
      if (named != null) {
        int position = row.chain().indexOf(named);
        ends.set(position);
        ends.set(Math.max(0, position - 1));
      }
    }
  }

  /** Returns the columns as they are shown. */
  List<Column> columns() {
    return runs.stream().map(this::column).toList();
  }

  private Column column(List<Revision> run) {
    List<String> names = run.stream().map(chain::displayName).toList();
    return new Column(names.get(0), names.get(names.size() - 1), names);
  }

  /** Returns the history of a database for each column, at the last revision of the column. */
  List<History> databases() {
    return runs.stream().map(run -> ProjectedHistory.at(chain, run.get(run.size() - 1))).toList();
  }

  /** Returns whether each revision follows all before it. */
  boolean areLinear() {
    for (int position : chain.attributedPositions()) {
      if (chain.revision(position).parents() != null) {
        return false;
      }
    }
    return true;
  }
}
