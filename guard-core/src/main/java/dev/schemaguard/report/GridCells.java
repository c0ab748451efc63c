// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.RowBounds;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.report.CompatibilityGrid.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Assesses each version of a matrix on a database of each column.
 *
 * @param databases the history of a database for each column
 * @param linear whether each revision follows all before it
 */
record GridCells(CompatibilityMatrix matrix, List<History> databases, boolean linear) {

  /** Returns a row of the matrix with its cells. */
  Row row(MatrixRow row) {
    Assessor assessor = Assessor.ofRow(matrix, row);
    Cell[] cells = new Cell[databases.size()];
    for (int i = 0; i < cells.length; i += linear ? Math.max(1, cells.length - 1) : 1) {
      cells[i] = cell(assessor, i);
    }
    if (linear) {
      fill(cells, assessor, 0, cells.length - 1);
    }
    RowBounds bounds = assessor.bounds();
    return new Row(
        row.label(),
        Objects.requireNonNullElse(bounds.expected(), "none"),
        Objects.requireNonNullElse(bounds.min(), "none"),
        bounds.max(),
        Arrays.asList(cells));
  }

  /**
   * Fills the cells between two known ones. With each further revision less is missing and more is
   * ahead, so all cells between two equal cells are equal. Few columns of a long chain have to be
   * assessed.
   */
  private void fill(Cell[] cells, Assessor assessor, int first, int last) {
    if (last - first < 2) {
      return;
    }
    if (cells[first].equals(cells[last])) {
      Arrays.fill(cells, first + 1, last, cells[first]);
      return;
    }
    int middle = (first + last) / 2;
    cells[middle] = cell(assessor, middle);
    fill(cells, assessor, first, middle);
    fill(cells, assessor, middle, last);
  }

  private Cell cell(Assessor assessor, int column) {
    Assessment assessment = assessor.assess(databases.get(column));
    return new Cell(assessment.verdict(), assessment.isCompatible());
  }
}
