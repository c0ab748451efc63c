// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.report.CompatibilityGrid;
import dev.schemaguard.report.CompatibilityGrid.Cell;
import dev.schemaguard.status.Verdict;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Questions that begin with "what if". */
class ProjectedHistoryTest {

  @Nested
  class OlderVersionsOnceThePendingAreApplied {

    private final Judge judge =
        Judge.chain("1", "2", "3")
            .row("1.0", "3", "1", null)
            .row("0.9", "2", "1", "any")
            .row("0.8", "2", "1", "3")
            .row("0.7", "2", "1", "2")
            .row("0.6", "1", null, null)
            .row("1.1", "1", null, null);

    @Test
    void cannotRestartUnlessTheirRowAdmitsThem() {
      assertThat(judge.assess(allApplied("1")).rowsThatCannotRestart())
          .containsExactly("0.8 (unless it reads this matrix)", "0.7", "0.6");
      assertThat(judge.assess(judge.absent()).rowsThatCannotRestart())
          .containsExactly("0.8 (unless it reads this matrix)", "0.7", "0.6");
    }

    @Test
    void restartByTheirOwnMatrixWhereThatAdmitsWhatItDoesNotKnow() {
      Judge allowing =
          Judge.chain("1", "2").expectingHead().row("0.9", "1", null, "2").allowingUnknown();

      assertThat(allowing.assess(allApplied("1")).rowsThatCannotRestart()).isEmpty();
    }

    @Test
    void keepWhatAMarkerThatIsRecordedAlreadySays() {
      Judge marked = Judge.chain("1", "2", "3").expecting("3", "1").row("0.9", "1", null, null);

      assertThat(
              marked
                  .assess(
                      applied("1"),
                      applied("2", "requires-app 0.9"),
                      applied("3", "requires-app 0.9"))
                  .rowsThatCannotRestart())
          .isEmpty();
      assertThat(
              Judge.chain("1", "2")
                  .expectingHead()
                  .row("0.9", "1", null, "2")
                  .assess(applied("1"), applied("2", "requires-app 0.9"))
                  .rowsThatCannotRestart())
          .isEmpty();
      assertThat(
              Judge.chain("1", "2", "3")
                  .expecting("3", "1")
                  .row("0.9", "1", null, "any")
                  .allowingUnknown()
                  .assess(applied("1"), applied("2", "requires-app 1.0"))
                  .rowsThatCannotRestart())
          .containsExactly("0.9");
    }

    @Test
    void areAskedOnlyOfWhatIsOurs() {
      Judge shared =
          Judge.chain("a/1.xml::1::me", "a/2.xml::2::me")
              .expectingHead()
              .row("0.9", "2", "1", null)
              .paths("a/**");

      assertThat(
              shared
                  .assess(applied("a/1.xml::1::me"), applied("b/9.xml::9::you"))
                  .rowsThatCannotRestart())
          .isEmpty();
    }

    @Test
    void areNamedAlsoWhereTheirRowCannotBeUsed() {
      Judge judge = Judge.chain("1", "2").expecting("2").row("0.9", "gone", null, null);

      assertThat(judge.assess(allApplied("1")).rowsThatCannotRestart())
          .containsExactly("0.9 (its row cannot be used)");
    }

    @Test
    void areNotToldWithoutAChain() {
      assertThat(
              Judge.withoutChain()
                  .expecting("2")
                  .row("0.9", "1", null, null)
                  .assess(allApplied("1"))
                  .rowsThatCannotRestart())
          .isEmpty();
    }
  }

  @Nested
  class Grid {

    private static String verdicts(CompatibilityGrid grid, int row) {
      return String.join(" ", grid.rows().get(row).cells().stream().map(Grid::sign).toList());
    }

    private static String sign(Cell cell) {
      return cell.verdict() + (cell.compatible() ? "+" : "");
    }

    private static CompatibilityGrid grid(CompatibilityMatrix.Builder matrix, String... lines) {
      return CompatibilityGrid.of(
          matrix.chain(RevisionChain.parse(String.join("\n", lines), "revisions.txt")).build());
    }

    @Test
    void tellsOfEveryRowWhatItDoesAtEveryRevision() {
      CompatibilityGrid grid =
          grid(
              CompatibilityMatrix.builder()
                  .row("current", null, "2", null)
                  .row("1.0", "2", "1", "3")
                  .row("0.9", "1", null, null),
              "1",
              "2",
              "3",
              "4");

      assertThat(grid.columns())
          .extracting(CompatibilityGrid.Column::label)
          .containsExactly("1", "2", "3", "4");
      assertThat(verdicts(grid, 0))
          .isEqualTo("BEHIND BEHIND_COMPATIBLE+ BEHIND_COMPATIBLE+ UP_TO_DATE+");
      assertThat(verdicts(grid, 1))
          .isEqualTo("BEHIND_COMPATIBLE+ UP_TO_DATE+ AHEAD_COMPATIBLE+ AHEAD_INCOMPATIBLE");
      assertThat(verdicts(grid, 2))
          .isEqualTo("UP_TO_DATE+ AHEAD_UNKNOWN AHEAD_UNKNOWN AHEAD_UNKNOWN");
    }

    @Test
    void judgesARowByItselfAlsoWhereANarrowerOneSpeaksForItsOldestVersion() {
      CompatibilityGrid grid =
          grid(
              CompatibilityMatrix.builder().row("1.x", "2", "1", null).row("1.0", "1", null, null),
              "1",
              "2");

      assertThat(verdicts(grid, 0)).isEqualTo("BEHIND_COMPATIBLE+ UP_TO_DATE+");
      assertThat(verdicts(grid, 1)).isEqualTo("UP_TO_DATE+ AHEAD_UNKNOWN");
    }

    @Test
    void takesIdsAsOursWhateverPathsSays() {
      CompatibilityGrid grid =
          grid(
              CompatibilityMatrix.builder()
                  .paths("orders/**")
                  .unknownAhead(UnknownAhead.ALLOWED)
                  .row("1.0", "1", null, null),
              "1",
              "2");

      assertThat(verdicts(grid, 0)).isEqualTo("UP_TO_DATE+ AHEAD_UNKNOWN+");
    }

    @Test
    void standsAtASquashedRevisionAsADatabaseOnceDid() {
      CompatibilityGrid grid =
          grid(
              CompatibilityMatrix.builder().row("1.0", "2", null, null),
              "1\treplaced-by=S",
              "2\treplaced-by=S",
              "S");

      assertThat(verdicts(grid, 0)).isEqualTo("BEHIND UP_TO_DATE+ AHEAD_UNKNOWN");
    }

    @Test
    void putsRevisionsThatNoRowTellsApartIntoOneColumn() {
      String[] lines = new String[30];
      for (int i = 0; i < lines.length; i++) {
        lines[i] = "r" + i;
      }

      CompatibilityGrid grid =
          grid(
              CompatibilityMatrix.builder()
                  .row("current", null, "r20", null)
                  .row("1.0", "r10", null, null),
              lines);

      assertThat(grid.columns())
          .extracting(CompatibilityGrid.Column::label)
          .containsExactly("r0 … r9", "r10", "r11 … r19", "r20", "r21 … r29");
      assertThat(grid.columns())
          .flatExtracting(CompatibilityGrid.Column::revisions)
          .isEqualTo(List.of(lines));
      assertThat(grid.rows().get(1).cells())
          .extracting(Cell::verdict)
          .containsExactly(
              Verdict.BEHIND,
              Verdict.UP_TO_DATE,
              Verdict.AHEAD_UNKNOWN,
              Verdict.AHEAD_UNKNOWN,
              Verdict.AHEAD_UNKNOWN);
    }
  }
}
