// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import static dev.schemaguard.matrix.Documents.error;
import static dev.schemaguard.matrix.Documents.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowsTest {

  /** A matrix with these versions, all expecting {@code a}. */
  private static CompatibilityMatrix versions(String... labels) {
    return rows(Arrays.stream(labels).map(label -> label + " | a | | ").toArray(String[]::new));
  }

  @Nested
  class Versions {

    @ParameterizedTest
    @CsvSource({
      "0.6.1, Exact",
      "v0.6.1, Exact",
      "1, Exact",
      "0.6.1-SNAPSHOT, Exact",
      "1.0.0-rc.1+7, Exact",
      "1.0-2, Exact",
      "0.6.1-3-gabc, Exact",
      "1.0.x, Span",
      "1.x, Span",
      "1.x.x, Span",
      "1.0.X, Span",
      "1.0.*, Span",
      "v1.0.x, Span",
      "1.0.x - 1.1.x, Span",
      "v1.0 - v1.1, Span",
      "1.0   -   1.1.x, Span",
      "1.0 - 1.0.x, Span",
      "1.0 - 1.0.0, Exact",
      "*, Every",
      "`*`, Every",
      "current, Current",
    })
    void areWrittenInFiveForms(String label, String form) {
      MatrixRow row = versions(label).rows().get(0);

      assertThat(row.pattern().getClass().getSimpleName()).isEqualTo(form);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "x",
          "x.1",
          "1.x.2",
          "**",
          "Current",
          "CURRENT",
          "head",
          "latest",
          "**1.0**",
          "1.0.x-1.1.x",
          "1.0.0-1.1.0",
          "0.1-0.9",
          "v0.1.0-v0.9.0",
          "0.1-0.9.x",
          "1-2",
          "20240101-20240301",
          "1.0.x – 1.1.x",
          "1.0.x -1.1.x",
          "1.0.x to 1.1.x",
          "1.1.x - 1.0.x",
          "1.1 - 1.0",
          "1.0-rc1 - 1.1",
          "1.0 - 1.1-rc1",
          "1.0 - 1.1 - 1.2",
          "* - 1.0",
          "current - 1.0",
          ">= 1.0",
          "1.0, 1.1",
          "1.0 -",
          "- 1.0",
          "1.0 - ",
          "1.0.x-SNAPSHOT",
          "x - x",
          "1.0..x",
        })
    void inNoOther(String label) {
      ConfigurationException error = error(() -> versions(label));

      assertThat(error.location()).isEqualTo("compatibility.md:3");
      assertThat(error.reason()).isEqualTo("'" + label.strip() + "' is not an application version");
    }

    @ParameterizedTest
    @CsvSource({
      "1.0.x, 1.0, true",
      "1.0.x, 1.0.0.1, true",
      "1.0.x, 1.0.99999999999, true",
      "1.0.x, 1.1, false",
      "1.0.x, 0.9.9, false",
      "1.x, 1.99, true",
      "1.x, 2, false",
      "9.x, 9.5, true",
      "1.0.x - 1.1.x, 1.0, true",
      "1.0.x - 1.1.x, 1.1.7, true",
      "1.0.x - 1.1.x, 1.2, false",
      "1.0 - 1.1, 1.1.0, true",
      "1.0 - 1.1, 1.1.0.1, false",
      "1.0.5 - 1.1.x, 1.0.4, false",
      "1.0.5 - 1.1.x, 1.0.5, true",
      "1.9.x - 1.10.x, 1.10.3, true",
    })
    void aWildcardOrSpanHoldsBothItsEnds(String label, String version, boolean held) {
      assertThat(versions(label).rowFor(version, false).isPresent()).isEqualTo(held);
    }
  }

  @Nested
  class Bounds {

    @Test
    void blankExpectedMeansHeadInTheRowCurrentOnly() {
      assertThat(rows("current | | | ").rows().get(0).expected()).isEqualTo(MatrixRow.HEAD);
      assertThat(rows("current | head | | ").rows().get(0).expected()).isEqualTo(MatrixRow.HEAD);
      assertThat(error(() -> rows("1.0 | | a | ")).reason())
          .isEqualTo("'1.0' has no expected revision");
      assertThat(error(() -> rows("* | | | ")).reason()).isEqualTo("'*' has no expected revision");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "1.0 | head | | ", "* | head | | ", "1.0.x | head | | ", "current | head | head | ",
          "current | a | head | ", "current | a | | head", "1.0 | a | head | ", "1.0 | a | | head",
        })
    void headAnywhereElseIsMisplaced(String row) {
      assertThat(error(() -> rows(row)).reason())
          .isEqualTo("'head' stands in a place where it has no fixed meaning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.0 | any | | ", "1.0 | a | any | ", "current | any | | "})
    void anyIsAMaximumOnly(String row) {
      assertThat(error(() -> rows(row)).reason())
          .isEqualTo("'any' stands in a place where it has no meaning");
      assertThat(rows("1.0 | a | | any").rows().get(0).max()).isEqualTo(MatrixRow.ANY);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = ';',
        value = {"current | Head | | ; Head", "1.0 | a | | ANY; ANY"})
    void bothWordsAreWrittenInLowerCase(String row, String word) {
      assertThat(error(() -> rows(row)).reason()).startsWith("'" + word + "' is not '");
    }
  }

  @Nested
  class Duplicates {

    @ParameterizedTest
    @CsvSource({
      "0.6.1, 0.6.1",
      "0.6.1, v0.6.1",
      "1, 1.0.0",
      "*, *",
      "current, current",
      "1.0.x, 1.0.X",
      "1.0.x, 1.0.x - 1.0.x",
      "1.x, 1.0.x - 1.x",
      "1.0, 1.0 - 1.0",
    })
    void equalRowsAreRefused(String first, String second) {
      ConfigurationException error = error(() -> versions(first, second));

      assertThat(error.location()).isEqualTo("compatibility.md:4");
      assertThat(error.reason())
          .isEqualTo("'" + second + "' has a row already, at compatibility.md:3");
    }

    @ParameterizedTest
    @CsvSource({
      "1.0.x - 1.2.x, 1.1.x - 1.3.x",
      "1.1.x - 1.3.x, 1.0.x - 1.2.x",
      "1.0 - 1.1, 1.1 - 1.2",
      "1.0.x - 1.1.x, 1.1.5 - 2.x",
      "1.x, 1.5 - 2.0",
    })
    void overlappingSpansAreRefusedWhereNeitherHoldsTheOther(String first, String second) {
      ConfigurationException error = error(() -> versions("*", first, "0.1.x", second));

      assertThat(error.location()).isEqualTo("compatibility.md:6");
      assertThat(error.reason())
          .isEqualTo("'" + second + "' overlaps '" + first + "' at compatibility.md:4");
    }

    @Test
    void anOverlapIsFoundBehindOtherRows() {
      assertThat(
              error(() -> versions("1.x - 9.x", "2.x", "3.x - 4.x", "5.x", "4.5 - 5.5", "1.x"))
                  .reason())
          .contains("overlaps");
      assertThat(error(() -> versions("1.x - 3.x", "1.x", "2.x", "3.x - 4.x")).reason())
          .isEqualTo("'3.x - 4.x' overlaps '1.x - 3.x' at compatibility.md:3");
    }

    @Test
    void nestedAndNeighbouringSpansAreFine() {
      versions(
          "1.x", "1.0.x", "1.0.1 - 1.0.3", "1.1.x - 1.3.x", "1.2.x", "2.x - 3.x", "3.x", "1.0.2");
      versions("1.0 - 1.1", "1.1.1 - 1.2");
      versions("1.0.x", "1.0.x - 1.1.x", "1.0 - 1.0.5");
    }

    /** Against the definition, pair by pair. */
    @Test
    void anyTwoSpansAreEitherApartOrNestedOrRefused() {
      String[] ends = {"1.0", "1.0.x", "1.0.5", "1.1", "1.1.x", "1.2.x", "1.x", "2.0"};
      for (String a : ends) {
        for (String b : ends) {
          for (String c : ends) {
            for (String d : ends) {
              checkPair(a + " - " + b, c + " - " + d);
            }
          }
        }
      }
    }

    private static void checkPair(String first, String second) {
      VersionPattern one = VersionPattern.parse(first).orElse(null);
      VersionPattern two = VersionPattern.parse(second).orElse(null);
      if (one instanceof VersionPattern.Span a && two instanceof VersionPattern.Span b) {
        boolean refused = a.equals(b) || (a.overlaps(b) && !a.contains(b) && !b.contains(a));
        if (refused) {
          error(() -> versions(first, second));
        } else {
          assertThat(versions(first, second).rows()).hasSize(2);
        }
      }
    }
  }

  @Nested
  class Selection {

    private static final CompatibilityMatrix ALL =
        versions("*", "1.x", "1.0.x - 1.4.x", "1.0.x", "1.0.1", "1.0.1-rc.1", "1.0.2+b", "current");

    private static @Nullable String label(
        CompatibilityMatrix matrix, @Nullable String version, boolean own) {
      return matrix.rowFor(version, own).map(MatrixRow::label).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
      // exact
      "1.0.1, 1.0.1",
      "v1.0.1, 1.0.1",
      "1.0.1.0, 1.0.1",
      "1.0.1-rc.1, 1.0.1-rc.1",
      "1.0.2+b, 1.0.2+b",
      // the exact row of the release
      "1.0.1-SNAPSHOT, 1.0.1",
      "1.0.1+build.7, 1.0.1",
      "1.0.1-3-gabc, 1.0.1",
      "1.0.1-rc.2, 1.0.1",
      // the narrowest that holds the release
      "1.0.2, 1.0.x",
      "1.0.2+c, 1.0.x",
      "1.0.0-SNAPSHOT, 1.0.x",
      "1.1.0-SNAPSHOT, 1.0.x - 1.4.x",
      "1.4.9-3-gabc, 1.0.x - 1.4.x",
      "1.5, 1.x",
      // every other
      "2.0.0-rc.1, *",
      "0.9, *",
      "deadbeef, *",
      "current, *",
      "'', *",
    })
    void aVersionThatSomeoneAsksAboutFindsItsNarrowestRow(String version, String label) {
      String asked = version.isEmpty() ? "no version" : version;

      assertThat(label(ALL, asked, false)).isEqualTo(label);
    }

    @ParameterizedTest
    @CsvSource({
      "1.0.1, 1.0.1",
      "1.0.1-rc.1, 1.0.1-rc.1",
      "1.0.1-SNAPSHOT, current",
      "1.0.1-3-gabc, current",
      "1.0.2, current",
      "2.0, current",
      "deadbeef, current",
      ", current",
    })
    void theBundledApplicationItselfFindsCurrentAfterItsExactRow(
        @Nullable String version, String label) {
      assertThat(label(ALL, version, true)).isEqualTo(label);
    }

    @Test
    void withoutCurrentTheApplicationFindsTheSameRowAsAnyoneWhoAsks() {
      CompatibilityMatrix matrix = versions("1.0.x", "1.0.1");

      assertThat(label(matrix, "1.0.1-SNAPSHOT", true)).isEqualTo("1.0.1");
      assertThat(label(matrix, "1.0.2-SNAPSHOT", true)).isEqualTo("1.0.x");
      assertThat(label(matrix, "2.0", true)).isNull();
      assertThat(label(matrix, "deadbeef", true)).isNull();
      assertThat(label(matrix, null, true)).isNull();
    }

    @Test
    void currentServesNobodyElse() {
      CompatibilityMatrix matrix = versions("current", "1.0");

      assertThat(label(matrix, "2.0", false)).isNull();
      assertThat(label(matrix, "deadbeef", false)).isNull();
      assertThat(label(matrix, "1.0-SNAPSHOT", false)).isEqualTo("1.0");
    }

    @Test
    void withoutAVersionCurrentIsMeant() {
      assertThat(label(ALL, null, false)).isEqualTo("current");
      assertThat(label(ALL, null, true)).isEqualTo("current");
      assertThat(label(versions("*"), null, true)).isEqualTo("*");
    }

    @Test
    void spansNestToAnyDepth() {
      CompatibilityMatrix matrix =
          versions("0.x - 9.x", "1.x - 5.x", "2.x - 4.x", "3.x", "3.3.x", "3.3.3.x", "3.3.3.3");

      assertThat(label(matrix, "3.3.3.3", false)).isEqualTo("3.3.3.3");
      assertThat(label(matrix, "3.3.3.4", false)).isEqualTo("3.3.3.x");
      assertThat(label(matrix, "3.3.4", false)).isEqualTo("3.3.x");
      assertThat(label(matrix, "3.4", false)).isEqualTo("3.x");
      assertThat(label(matrix, "2.9", false)).isEqualTo("2.x - 4.x");
      assertThat(label(matrix, "5", false)).isEqualTo("1.x - 5.x");
      assertThat(label(matrix, "0.1", false)).isEqualTo("0.x - 9.x");
      assertThat(label(matrix, "10", false)).isNull();
    }
  }

  @Nested
  class WrittenInCode {

    @Test
    void aRowMeansWhatTheSameRowOfADocumentMeans() {
      CompatibilityMatrix built =
          CompatibilityMatrix.builder()
              .application("statewave")
              .unknownAhead(UnknownAhead.ALLOWED)
              .paths("classpath:db/**")
              .row("current", null, null, null)
              .row(" 1.0 ", " a ", " ", "any")
              .build();

      assertThat(built.application()).contains("statewave");
      assertThat(built.statesUnknownAhead()).isTrue();
      assertThat(built.paths()).containsExactly("db/**");
      assertThat(built.rows())
          .extracting(MatrixRow::label, MatrixRow::expected, MatrixRow::min, MatrixRow::max)
          .containsExactly(tuple("current", "head", null, null), tuple("1.0", "a", null, "any"));
    }

    @Test
    void aWrongRowIsNamedByItsPlace() {
      ConfigurationException error =
          error(() -> CompatibilityMatrix.builder().row("1.0", "a", "", "").row("1.1", "", "", ""));

      assertThat(error.location()).isEqualTo("row 2");
      assertThat(error.reason()).isEqualTo("'1.1' has no expected revision");
    }

    @Test
    void noRowIsRefused() {
      assertThat(error(() -> CompatibilityMatrix.builder().build()).reason())
          .isEqualTo("the matrix has no row");
    }

    @Test
    void equalRowsAreRefused() {
      assertThat(
              error(
                      () ->
                          CompatibilityMatrix.builder()
                              .row("1.0", "a", null, null)
                              .row("1", "b", null, null)
                              .build())
                  .getMessage())
          .startsWith("row 2: '1' has a row already, at row 1.");
    }
  }
}
