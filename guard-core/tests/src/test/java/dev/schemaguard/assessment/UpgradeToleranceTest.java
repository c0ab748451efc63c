// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.preflight.UpgradeTolerance.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far versions that run survive what is pending. */
class UpgradeToleranceTest {

  /** As a tool that numbers its migrations records the first. */
  private static final HistoryEntry FIRST = numbered("1", Outcome.APPLIED, null);

  private static final Judge FOUR =
      Judge.chain("1", "2", "3", "4")
          .row("current", null, "2", null)
          .row("0.9", "4", "2", null)
          .row("0.8", "2", null, "any")
          .row("0.7", "2", null, "3")
          .row("0.6", "2", null, null)
          .row("0.5", "gone", null, "any");

  @ParameterizedTest
  @CsvSource({
    "1.0, 4,    , ",
    "0.9, 4,    , ",
    "0.8, 4,    , ",
    "0.7, 3,   4, REFUSED",
    "0.6,  ,   3, UNKNOWN",
    "0.5,  ,   3, NO_ROW",
    "0.1,  ,   3, NO_ROW",
    "main~, ,  3, NO_ROW"
  })
  void isWhatTheRowSaysAndUnknownIsNone(
      String version, String upTo, String stopsAt, Reason reason) {
    UpgradeTolerance tolerance = FOUR.assess(allApplied("1", "2")).tolerance(version).orElseThrow();

    assertThat(tolerance.upTo().orElse(null)).isEqualTo(upTo);
    assertThat(tolerance.stopsAt().orElse(null)).isEqualTo(stopsAt);
    assertThat(tolerance.reason()).isEqualTo(reason);
  }

  @Test
  void isAskedOfThePendingAloneInTheirOrder() {
    UpgradeTolerance tolerance =
        FOUR.assess(allApplied("1", "2", "3")).tolerance("0.7").orElseThrow();

    assertThat(tolerance.tolerated()).isEmpty();
    assertThat(tolerance.blocked()).containsExactly("4");
  }

  @Test
  void hasNothingToWaitForWhereNothingIsPending() {
    assertThat(FOUR.assess(allApplied("1", "2", "3", "4")).tolerance("0.1"))
        .contains(new UpgradeTolerance(List.of(), List.of(), null));
  }

  @Test
  void isUnknownAlsoWhereUnknownRevisionsAreAllowedToStart() {
    Judge allowing =
        Judge.chain("1", "2").expectingHead().row("0.9", "1", null, null).allowingUnknown();

    assertThat(allowing.assess(allApplied("1")).tolerance("0.9").orElseThrow().reason())
        .isEqualTo(Reason.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "0.9, 3,     , ",
    "0.8, 2,    3, REFUSED",
    "0.7,  ,    2, REFUSED",
    "0.6,  ,    2, REFUSED"
  })
  void isWhatTheNamesOfFlywaysFilesSay(String version, String upTo, String stopsAt, Reason reason) {
    Judge marked =
        Judge.chain(
                "1", "2\talias=2_requires-app_0.8_add_x", "3\talias=3_requires-app_0.9.0_drop_y")
            .tool("flyway")
            .expectingHead()
            .row("0.6 - 0.9", "1", null, null);
    UpgradeTolerance tolerance = marked.assess(FIRST).tolerance(version).orElseThrow();

    assertThat(tolerance.upTo().orElse(null)).isEqualTo(upTo);
    assertThat(tolerance.stopsAt().orElse(null)).isEqualTo(stopsAt);
    assertThat(tolerance.reason()).isEqualTo(reason);
  }

  @Test
  void isNotWhatTheNamesOfFilesSayWhoseToolRecordsNone() {
    Judge marked =
        Judge.chain("1", "2\talias=2_requires-app_0.8_add_x")
            .tool("golang-migrate")
            .expectingHead()
            .row("0.9", "1", null, null);

    assertThat(marked.assess(FIRST).tolerance("0.9").orElseThrow().reason())
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void isUnknownWhereAMarkerIsMalformedWhateverMaxSays() {
    Judge marked =
        Judge.chain("1", "2\talias=2_requires-app_0_8_add_x")
            .tool("flyway")
            .expectingHead()
            .row("0.9", "1", null, "any");

    assertThat(marked.assess(FIRST).tolerance("0.9").orElseThrow().reason())
        .isEqualTo(Reason.UNKNOWN);
  }

  @Test
  void cannotBeToldWhereThePendingCannot() {
    assertThat(FOUR.assess(FOUR.unreadable(Cause.PERMISSION)).tolerance("0.9")).isEmpty();
    assertThat(Judge.withoutChain().expecting("2").assess(allApplied("1")).tolerance("0.9"))
        .isEmpty();
    assertThat(FOUR.assess(failed("1")).tolerance("0.8")).isPresent();
  }
}
