// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.ProjectedHistory;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.VisibleText;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
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

  private static final int MOST_COLUMNS = 20;

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
  public record Cell(Verdict verdict, boolean compatible) {
    static Cell of(Assessor assessor, History history) {
      Assessment assessment = assessor.assess(history);
      return new Cell(assessment.verdict(), assessment.isCompatible());
    }
  }

  /**
   * Returns the grid of a matrix and its chain.
   *
   * @throws ConfigurationException if a row cannot be resolved
   */
  public static CompatibilityGrid of(CompatibilityMatrix matrix) {
    RevisionChain chain = matrix.chain().orElse(RevisionChain.of(List.of()));
    List<List<Revision>> runs = runs(matrix, chain);
    List<History> stands =
        runs.stream().map(run -> ProjectedHistory.at(chain, run.get(run.size() - 1))).toList();
    boolean linear = isLinear(chain);
    List<Row> rows = new ArrayList<>();
    for (MatrixRow row : matrix.rows()) {
      rows.add(row(matrix, row, stands, linear));
    }
    return new CompatibilityGrid(
        matrix.application().orElse(null),
        runs.stream().map(run -> column(chain, run)).toList(),
        rows);
  }

  private static Row row(
      CompatibilityMatrix matrix, MatrixRow row, List<History> stands, boolean linear) {
    Assessor assessor = Assessor.ofRow(matrix, row);
    Cell[] cells = new Cell[stands.size()];
    for (int i = 0; i < cells.length; i += linear ? Math.max(1, cells.length - 1) : 1) {
      cells[i] = Cell.of(assessor, stands.get(i));
    }
    if (linear) {
      fill(cells, assessor, stands, 0, cells.length - 1);
    }
    ComparisonResult bounds = assessor.bounds();
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
  private static void fill(
      Cell[] cells, Assessor assessor, List<History> stands, int first, int last) {
    if (last - first < 2) {
      return;
    }
    if (cells[first].equals(cells[last])) {
      Arrays.fill(cells, first + 1, last, cells[first]);
      return;
    }
    int middle = (first + last) / 2;
    cells[middle] = Cell.of(assessor, stands.get(middle));
    fill(cells, assessor, stands, first, middle);
    fill(cells, assessor, stands, middle, last);
  }

  /** Returns whether each revision follows all before it. */
  private static boolean isLinear(RevisionChain chain) {
    for (int position : chain.attributedPositions()) {
      if (chain.revision(position).parents() != null) {
        return false;
      }
    }
    return true;
  }

  private static Column column(RevisionChain chain, List<Revision> run) {
    List<String> names = run.stream().map(chain::displayName).toList();
    return new Column(names.get(0), names.get(names.size() - 1), names);
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
    List<List<Revision>> runs = new ArrayList<>();
    int start = 0;
    for (int end = ends.nextSetBit(0); end >= 0; end = ends.nextSetBit(end + 1)) {
      runs.add(chain.revisions().subList(start, end + 1));
      start = end + 1;
    }
    return runs;
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
}
