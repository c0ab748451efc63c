// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.text.VisibleText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The matrix as a grid: which version of the application runs on a database at which revision.
 * Immutable.
 *
 * @param application the application's name, or null
 * @param columns the revisions, or runs of revisions that no row distinguishes
 * @param rows the rows of the matrix, in its order
 */
public record CompatibilityGrid(
    @Nullable String application, List<Column> columns, List<Row> rows) {

  /** Copies the lists, and makes the name {@linkplain VisibleText visible}. */
  public CompatibilityGrid {
    application = VisibleText.ofNullable(application);
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * A revision, or a run of revisions.
   *
   * @param first the first revision's name
   * @param last the last revision's name; equal to {@code first} for a single one
   * @param revisions the names of all its revisions
   */
  public record Column(String first, String last, List<String> revisions) {
    /** Makes the names {@linkplain VisibleText visible}. */
    public Column {
      first = VisibleText.of(first);
      last = VisibleText.of(last);
      revisions = VisibleText.all(revisions);
    }

    /** Returns {@code 0001 … 0004}, or the single name. */
    public String label() {
      return first.equals(last) ? first : first + " … " + last;
    }
  }

  /**
   * A row of the matrix.
   *
   * @param label its versions, as written
   * @param expected the expected revision's name
   * @param min the minimum's name
   * @param max the maximum's name, {@code any}, or null
   * @param cells one cell for each column
   */
  public record Row(
      String label, String expected, String min, @Nullable String max, List<Cell> cells) {
    /** Copies the cells, and makes the names {@linkplain VisibleText visible}. */
    public Row {
      label = VisibleText.of(label);
      expected = VisibleText.of(expected);
      min = VisibleText.of(min);
      max = VisibleText.ofNullable(max);
      cells = List.copyOf(cells);
    }
  }

  /** The verdict for a version on a database that is at a revision. */
  public record Cell(Verdict verdict, boolean compatible) {}

  /**
   * Returns the grid of a matrix and its chain.
   *
   * @throws ConfigurationException if a row cannot be resolved
   */
  public static CompatibilityGrid of(CompatibilityMatrix matrix) {
    GridColumns columns = GridColumns.of(matrix);
    GridCells cells = new GridCells(matrix, columns.databases(), columns.areLinear());
    return new CompatibilityGrid(
        matrix.application().orElse(null),
        columns.columns(),
        matrix.rows().stream().map(cells::row).toList());
  }
}
