// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.testing.Statewave;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixVerificationTest {

  private static final RevisionChain CHAIN =
      RevisionChain.parse("0001\n0002\n0003\n0004\toptional\n0005\n", "revisions.txt");

  @Test
  void ofTheSampleApplicationFindsNothing() {
    MatrixVerification verification = MatrixVerification.of(Statewave.matrix());

    assertThat(verification.errors()).isEmpty();
    assertThat(verification.warnings()).isEmpty();
  }

  @Nested
  class Rows {

    @Test
    void areAllCheckedNotOnlyTheFirst() {
      MatrixVerification verification =
          verify(
              "| current | head | | |",
              "| 0.3.0 | 0009 | | |",
              "| 0.2.0 | 0002 | 0003 | |",
              "| 0.1.0 | 0001 | 0001 | 0002 |");

      assertThat(verification.errors())
          .hasSize(2)
          .anySatisfy(e -> assertThat(e).hasMessageContaining("'0009' is not in "))
          .anySatisfy(e -> assertThat(e).hasMessageContaining("0003 comes after"));
      assertThat(verification.errors()).allMatch(e -> e.location().startsWith("compatibility.md:"));
    }

    @Test
    void expectEveryRevisionThatIsDueBetweenThem() {
      assertThat(verify("| 1.1 | 0002 | | |", "| 1.0 | 0001 | | |").errors())
          .singleElement()
          .satisfies(e -> assertThat(e).hasMessageContaining("no row expects 0003, 0005, so the"));
      assertThat(verify("| 1.2 | 0005 | | |", "| 1.0 | 0001 | | |").errors()).isEmpty();
      String chain = "1\n2\toptional\n3\tretired\n4\treplaced-by=1\n";
      assertThat(
              MatrixVerification.of(
                      CompatibilityMatrix.parse(
                          document("| 1.0 | 1 | | |"), RevisionChain.parse(chain, "revisions.txt")))
                  .errors())
          .isEmpty();
    }

    @Test
    void cannotBeCheckedWithoutAChain() {
      MatrixVerification verification =
          MatrixVerification.of(CompatibilityMatrix.parse(document("| 1.0 | 0001 | | |"), null));

      assertThat(verification.errors())
          .singleElement()
          .satisfies(e -> assertThat(e).hasMessageContaining("there is no chain"));
    }

    @Test
    void mayLeaveRevisionsOfCurrentOptionalWithAWarning() {
      assertThat(verify("| current | head | 0002 | |").warnings())
          .singleElement()
          .asString()
          .contains("'current' starts without 2 of its own revisions: 0003, 0005");
    }

    @Test
    void ofOtherVersionsMayLeaveThemSilently() {
      assertThat(verify("| 1.0.0 | 0005 | 0002 | |").warnings()).isEmpty();
    }
  }

  @Nested
  class Clients {

    @Test
    void areCheckedCellByCellWithOrWithoutAChain() {
      String document =
          document("| current | | | |")
              + """

              | Server version | Python SDK | CLI |
              |---|---|---|
              | 1.1.x | soon | 1.x |
              | 1.0.x | 1.0.x | 1.0.x to 1.1.x |
              """;

      for (RevisionChain chain : new RevisionChain[] {CHAIN, null}) {
        assertThat(MatrixVerification.of(CompatibilityMatrix.parse(document, chain)).errors())
            .extracting(ConfigurationException::location)
            .contains("compatibility.md:7", "compatibility.md:8");
      }
    }
  }

  @Nested
  class UnknownAhead {

    private static final String TABLE =
        """
        | App version | Expected |
        |---|---|
        | current | head |
        """;

    @Test
    void unstatedIsAWarning() {
      assertThat(MatrixVerification.of(CompatibilityMatrix.parse(TABLE, CHAIN)).warnings())
          .singleElement()
          .asString()
          .contains("'Unknown ahead: intact' or 'Unknown ahead: allowed'");
    }

    @Test
    void isNothingToStateWithoutADocument() {
      assertThat(MatrixVerification.of(CompatibilityMatrix.ofChain(CHAIN)).warnings()).isEmpty();
    }
  }

  @Nested
  class Markers {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "drops the table, requires-app 1.0.0",
          "requires-app soon",
          "requires-app 1.0.0x"
        })
    void thatCannotBeReadAreErrors(String comment) {
      assertThat(verify(commented("0003", comment), "| current | head | | |").errors())
          .singleElement()
          .satisfies(
              e ->
                  assertThat(e)
                      .hasMessageStartingWith("0003: ")
                      .hasMessageContaining(comment)
                      .hasMessageContaining("Begin the comment with the marker"));
    }

    @ParameterizedTest
    @CsvSource({
      "| 0.9.0 | 0003 | | |, true",
      "| 0.9.0 | 0001 | | 0005 |, true",
      "| 0.9.0 | 0001 | | 0002 |, false",
      "| 0.9.0 | 0001 | | any |, false",
      "| 0.9.0 | 0002 | | |, false",
      "| 1.0.0 | 0003 | | |, false",
      "| 1.0.0-rc.1 | 0003 | | |, true",
      "| 0.x | 0003 | | |, true",
      "| 1.x | 0003 | | |, false",
      "| 0.9.x - 1.1.x | 0003 | | |, true",
      "| 1.0.0 - 1.1.x | 0003 | | |, false",
      "| * | 0003 | | |, true",
      "| current | head | | |, false",
    })
    void areContradictedByARowOfOlderVersionsThatReachesTheRevision(
        String row, boolean contradicted) {
      MatrixVerification verification = verify(commented("0003", "requires-app 1.0.0"), row);

      assertThat(!verification.errors().isEmpty()).isEqualTo(contradicted);
      assertThat(verification.errors())
          .allSatisfy(
              e ->
                  assertThat(e)
                      .hasMessageStartingWith("compatibility.md:")
                      .hasMessageContaining("admits a version below 1.0.0 and reaches up to 0003"));
    }

    @Test
    void areJudgedThoughTheChainHasOnlyTheId() {
      assertThat(
              verify(commented("m.yaml::0003::ann", "requires-app 1.0"), "| 0.9 | 0003 | | |")
                  .errors())
          .hasSize(1);
    }

    @Test
    void missingOnNewRevisionsAreAWarning() {
      List<SourceRevision> sources =
          List.of(
              commented("0004", "requires-app 1.0.0"),
              commented("0005", "no marker"),
              commented("0003", "not new"));

      assertThat(
              MatrixVerification.of(
                      matrix("Unknown ahead: refused", "| current | head | | |"),
                      sources,
                      Set.of("0004", "0005"))
                  .warnings())
          .singleElement()
          .asString()
          .startsWith(
              "no requires-app marker on 0005: strict instances of older versions cannot restart")
          .contains("requires-app");
    }

    @Test
    void areNotAskedForWhereTheToolRecordsNoComment() {
      assertThat(
              MatrixVerification.of(
                      matrix("Unknown ahead: refused", "| current | head | | |"),
                      List.of(SourceRevision.unmarkable(Revision.of("0005"))),
                      Set.of("0005"))
                  .warnings())
          .singleElement()
          .asString()
          .contains("accept it there by name")
          .doesNotContain("Begin its comment");
    }

    @Test
    void areNotMissedWhereUnknownRevisionsAreAllowed() {
      assertThat(
              MatrixVerification.of(
                      matrix("Unknown ahead: allowed", "| current | head | | |"),
                      List.of(commented("0005", "no marker")),
                      Set.of("0005"))
                  .warnings())
          .isEmpty();
    }

    /** Beside a version that expects everything. */
    private static MatrixVerification verify(SourceRevision source, String row) {
      return MatrixVerification.of(
          matrix("Unknown ahead: refused", row, "| 9.0.0 | 0005 | | |"), List.of(source), Set.of());
    }

    private static SourceRevision commented(String name, String comment) {
      return new SourceRevision(Revision.of(name), comment, false);
    }
  }

  private static MatrixVerification verify(String... rows) {
    return MatrixVerification.of(matrix("Unknown ahead: refused", rows));
  }

  private static CompatibilityMatrix matrix(String setting, String... rows) {
    return CompatibilityMatrix.parse(setting + "\n\n" + document(rows), CHAIN);
  }

  private static String document(String... rows) {
    return Arrays.stream(rows)
        .collect(
            java.util.stream.Collectors.joining(
                "\n", "| App version | Expected | Min | Max |\n|---|---|---|---|\n", "\n"));
  }

  @Test
  void anErrorInATableOfConditionsIsReported() {
    assertThat(
            MatrixVerification.of(
                    matrix(
                        "Unknown ahead: refused",
                        "| current | head | | |",
                        "",
                        "| Revision | Requires |",
                        "|---|---|",
                        "| 0001 | nothing |"))
                .errors())
        .extracting(ConfigurationException::reason)
        .containsExactly("'nothing' has no query in backticks");
  }
}
