// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ProjectedHistory;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.report.CompatibilityGrid.Column;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cells of a grid, of which those of a long chain are not all assessed. */
class CompatibilityGridTest {

  private static final String ROWS =
      """
      | App version | Expected | Min | Max |
      |---|---|---|---|
      | current | head | | |
      | 5.0 | r30 | r25 | r35 |
      | 4.0 | r20 | r7 | any |
      | 3.0 | r9 | r9 | |
      | 2.0 | r3 | r1 | r4 |
      """;

  @ParameterizedTest
  @CsvSource({
    "0, ''",
    "8, parents=r3",
    "19, parents=r6",
    "24, parents=r19",
    "29, parents=r24",
    "34, parents=r29",
    "8, optional",
    "19, optional",
    "34, retired",
    "19, alias=x",
    "29, dbms=h2",
    "19, replaced-by=r20"
  })
  void areWhatAnAssessmentOfTheirColumnComesTo(int position, String attribute) {
    RevisionChain chain = RevisionChain.parse(chain(position, attribute), "revisions.txt");
    CompatibilityMatrix matrix = CompatibilityMatrix.parse(ROWS, chain);

    CompatibilityGrid grid = CompatibilityGrid.of(matrix);

    for (int row = 0; row < matrix.rows().size(); row++) {
      MatrixRow asked = matrix.rows().get(row);
      assertThat(grid.rows().get(row).cells())
          .as(asked.label())
          .isEqualTo(
              grid.columns().stream().map(column -> assessed(matrix, asked, column)).toList());
    }
    assertThat(grid.rows().stream().flatMap(row -> row.cells().stream()).distinct())
        .hasSizeGreaterThan(4);
  }

  private static String chain(int position, String attribute) {
    return IntStream.rangeClosed(1, 40)
        .mapToObj(i -> "r" + i + (i == position ? "\t" + attribute : ""))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static Cell assessed(CompatibilityMatrix matrix, MatrixRow row, Column column) {
    RevisionChain chain = matrix.chain().orElseThrow();
    Assessment assessment =
        Assessor.ofRow(matrix, row)
            .assess(ProjectedHistory.at(chain, chain.revision(chain.indexOfName(column.last()))));
    return new Cell(assessment.verdict(), assessment.isCompatible());
  }
}
