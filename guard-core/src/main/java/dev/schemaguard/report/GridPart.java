// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.report.CompatibilityGrid.Column;
import dev.schemaguard.report.CompatibilityGrid.Row;
import dev.schemaguard.status.MigrationStatus;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns and rows of a grid that a page shows. Of a small grid it is all of them. Of a large
 * grid it is the newest and those around the database and the bounds of this application's version.
 *
 * @param columns the columns, newest first
 * @param rows the rows, in the order of the matrix
 */
record GridPart(List<Run> columns, List<Run> rows) {

  private static final int MOST_COLUMNS = 24;
  private static final int MOST_ROWS = 16;

  /**
   * Adjacent columns or rows: a single one that is shown, or all that are left out between two that
   * are shown.
   *
   * @param first the position of the first, counted from 0
   * @param last the position of the last
   * @param shown whether it is shown; false for a gap
   */
  record Run(int first, int last, boolean shown) {}

  /** Returns the whole grid. */
  static GridPart whole(CompatibilityGrid grid) {
    return new GridPart(
        newestFirst(runs(all(grid.columns().size()), grid.columns().size())),
        runs(all(grid.rows().size()), grid.rows().size()));
  }

  /** Returns the part of a grid that is relevant to a status; the whole grid if it is small. */
  static GridPart around(MigrationStatus status, CompatibilityGrid grid) {
    int columns = grid.columns().size();
    int rows = grid.rows().size();
    return new GridPart(
        newestFirst(runs(extended(columns(status, grid), columns, MOST_COLUMNS), columns)),
        runs(extended(rows(status, grid), rows, MOST_ROWS), rows));
  }

  /** Returns whether nothing is left out. */
  boolean isWhole() {
    return Stream.concat(columns.stream(), rows.stream()).allMatch(Run::shown);
  }

  private static BitSet all(int size) {
    BitSet all = new BitSet();
    all.set(0, size);
    return all;
  }

  /**
   * Returns the newest column, those of the database, and those that the row of the application's
   * version names.
   */
  private static BitSet columns(MigrationStatus status, CompatibilityGrid grid) {
    Row own = grid.rows().stream().filter(row -> isOwn(row, status)).findFirst().orElse(null);
    List<String> current = ColumnLabel.HERE.revisions(status);
    BitSet matter = new BitSet();
    for (int i = 0; i < grid.columns().size(); i++) {
      Column column = grid.columns().get(i);
      boolean newest = i == grid.columns().size() - 1;
      boolean here = !Collections.disjoint(column.revisions(), current);
      matter.set(i, newest || here || isBound(column, own));
    }
    return matter;
  }

  private static boolean isBound(Column column, @Nullable Row row) {
    return row != null
        && (column.revisions().contains(row.expected())
            || column.revisions().contains(row.min())
            || (row.max() != null && column.revisions().contains(row.max())));
  }

  /**
   * Returns the row of the application's version, or the first row if it has none, because matrices
   * begin with the newest.
   */
  private static BitSet rows(MigrationStatus status, CompatibilityGrid grid) {
    BitSet matter = new BitSet();
    for (int i = 0; i < grid.rows().size(); i++) {
      matter.set(i, isOwn(grid.rows().get(i), status));
    }
    if (matter.isEmpty() && !grid.rows().isEmpty()) {
      matter.set(0);
    }
    return matter;
  }

  private static boolean isOwn(Row row, MigrationStatus status) {
    return row.label().equals(status.matrixRow());
  }

  /**
   * Returns the positions with their neighbours, the nearest first, up to {@code most} positions.
   */
  private static BitSet extended(BitSet positions, int size, int most) {
    BitSet extended = (BitSet) positions.clone();
    for (int distance = 1; distance < size && extended.cardinality() < most; distance++) {
      for (int at = positions.nextSetBit(0); at >= 0; at = positions.nextSetBit(at + 1)) {
        extended.set(Math.max(at - distance, 0));
        extended.set(Math.min(at + distance, size - 1));
      }
    }
    return extended;
  }

  /**
   * Returns the shown positions and the gaps between them. A gap of one position is shown instead.
   */
  private static List<Run> runs(BitSet shown, int size) {
    List<Run> runs = new ArrayList<>();
    for (int at = 0; at < size; at++) {
      int next = shown.nextSetBit(at);
      int last = (next < 0 ? size : next) - 1;
      if (last > at) {
        runs.add(new Run(at, last, false));
        at = last;
      } else {
        runs.add(new Run(at, at, true));
      }
    }
    return List.copyOf(runs);
  }

  private static List<Run> newestFirst(List<Run> runs) {
    List<Run> reversed = new ArrayList<>(runs);
    Collections.reverse(reversed);
    return List.copyOf(reversed);
  }
}
