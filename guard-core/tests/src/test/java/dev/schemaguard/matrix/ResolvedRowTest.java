// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.chain;
import static dev.schemaguard.matrix.Documents.error;
import static dev.schemaguard.matrix.Documents.rows;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolvedRowTest {

  private static final RevisionChain CHAIN =
      chain(
          "1",
          "2",
          "3",
          "3-hotfix\tparents=3",
          "4\tparents=3",
          "5\tparents=4,3-hotfix",
          "6\toptional");

  private static ResolvedRow resolved(RevisionChain chain, String row) {
    CompatibilityMatrix matrix = rows(chain, row);
    return matrix.resolve(matrix.rows().get(0));
  }

  private static List<Integer> positions(BitSet set) {
    return set.stream().boxed().toList();
  }

  @Nested
  class Bounds {

    @Test
    void headIsTheWholeChain() {
      ResolvedRow row = resolved(CHAIN, "current | head | 2 | ");

      assertThat(row.expected()).isNull();
      assertThat(positions(row.upToExpected())).containsExactly(0, 1, 2, 3, 4, 5, 6);
      assertThat(positions(row.upToMin())).containsExactly(0, 1);
    }

    @Test
    void aBlankMinimumIsTheExpectedRevision() {
      assertThat(positions(resolved(CHAIN, "1.0 | 4 | | ").upToMin())).containsExactly(0, 1, 2, 4);
      assertThat(positions(resolved(CHAIN, "current | | | ").upToMin())).hasSize(7);
    }

    @Test
    void theExpectedRevisionMayBeOptionalAndTheMinimumBlank() {
      assertThat(resolved(CHAIN, "1.0 | 6 | | ").upToMin().cardinality()).isEqualTo(7);
    }

    @Test
    void aMaximumParts() {
      ResolvedRow row = resolved(CHAIN, "1.0 | 3 | | 4");

      assertThat(IntStream.range(0, 7).filter(row::isWithinMax)).containsExactly(0, 1, 2, 4);
      assertThat(row.admitsAnyLater()).isFalse();
    }

    @Test
    void withoutAMaximumNothingIsWithinOrBeyondIt() {
      for (String max : List.of("", "any")) {
        ResolvedRow row = resolved(CHAIN, "1.0 | 3 | | " + max);

        assertThat(IntStream.range(0, 7).filter(row::isWithinMax)).isEmpty();
        assertThat(row.admitsAnyLater()).isEqualTo(max.equals("any"));
      }
    }
  }

  @Nested
  class Contradictions {

    @ParameterizedTest
    @CsvSource({"3, 4", "1, 2", "4, 3-hotfix", "3-hotfix, 4", "4, 6"})
    void aMinimumAfterTheExpectedRevisionIsRefused(String expected, String min) {
      ConfigurationException error =
          error(() -> resolved(CHAIN, "1.0 | " + expected + " | " + min + " | "));

      assertThat(error.location()).isEqualTo("compatibility.md:3");
      assertThat(error.reason())
          .isEqualTo("the minimum " + min + " comes after the expected revision " + expected);
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "5, 4", "4, 3-hotfix", "6, 5"})
    void aMaximumBeforeTheExpectedRevisionIsRefused(String expected, String max) {
      assertThat(error(() -> resolved(CHAIN, "1.0 | " + expected + " | | " + max)).reason())
          .isEqualTo("the maximum " + max + " comes before the expected revision " + expected);
    }

    @Test
    void aMaximumBeforeTheHeadIsRefused() {
      assertThat(error(() -> resolved(CHAIN, "current | head | | 5")).reason())
          .isEqualTo("the maximum 5 comes before the expected revision head");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0 | 6 | 6 | ", "current | | 6 | "})
    void anOptionalMinimumIsRefused(String row) {
      assertThat(error(() -> resolved(CHAIN, row)).reason())
          .isEqualTo("the minimum 6 is optional, so no database need have it");
    }

    @ParameterizedTest
    @CsvSource({"1.0 | 3 | 3 | 3", "1.0 | 5 | 3-hotfix | 6", "current | | 1 | 6"})
    void equalAndOrderedBoundsAreFine(String row) {
      assertThat(resolved(CHAIN, row).row().label()).isIn("1.0", "current");
    }
  }

  @Nested
  class WithoutAChain {

    @Test
    void nothingCanBeResolved() {
      CompatibilityMatrix matrix = rows("1.0 | a | | ");

      assertThat(matrix.chain()).isEmpty();
      assertThat(error(() -> matrix.resolve(matrix.rows().get(0))).reason())
          .isEqualTo("without a chain it is unknown which revision 'a' is");
    }
  }

  @Nested
  class OneRowAtATime {

    @Test
    void aRowThatIsNotInUseNeedNotResolve() {
      CompatibilityMatrix matrix = rows(CHAIN, "current | | | ", "0.1 | gone | | ");

      assertThat(matrix.resolve(matrix.rowFor(null, true).orElseThrow()).expected()).isNull();
      assertThat(error(() -> matrix.resolve(matrix.rowFor("0.1", false).orElseThrow())).location())
          .isEqualTo("compatibility.md:4");
    }

    @Test
    void aChainAloneImpliesTheRowCurrent() {
      CompatibilityMatrix matrix = CompatibilityMatrix.ofChain(CHAIN);
      MatrixRow row = matrix.rowFor("deadbeef", true).orElseThrow();

      assertThat(matrix.rows()).hasSize(1);
      assertThat(matrix.origin()).isEqualTo("revisions.txt");
      assertThat(row.label()).isEqualTo("current");
      assertThat(row.expected()).isEqualTo(MatrixRow.HEAD);
      assertThat(matrix.resolve(row).upToMin().cardinality()).isEqualTo(7);
      assertThat(matrix.rowFor("1.0", false)).isEmpty();
    }
  }
}
