// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison where a migration is its version, as it is for Flyway. */
class NumberedHistoryTest {

  /**
   * Versions in the order of the ranks: {@code b3} a baseline, {@code f3} failed, {@code u3}
   * undone.
   */
  private static HistoryEntry[] history(String ranks) {
    return ranks == null
        ? new HistoryEntry[0]
        : Arrays.stream(ranks.split(" ", -1))
            .map(NumberedHistoryTest::entry)
            .toArray(HistoryEntry[]::new);
  }

  private static HistoryEntry entry(String rank) {
    String[] parts = rank.split("!", -1);
    String description = parts.length == 1 ? "x" : "requires-app " + parts[1] + " x";
    String version = parts[0].replaceFirst("^[a-z]", "");
    return switch (parts[0].charAt(0)) {
      case 'b' -> numbered(version, Outcome.BASELINE, description);
      case 'f' -> numbered(version, Outcome.FAILED, description);
      case 'u' -> numbered(version, Outcome.SKIPPED, description);
      default -> numbered(version, Outcome.APPLIED, description);
    };
  }

  @Nested
  class WithAChain {

    private final Judge judge =
        Judge.chain("1", "002", "3.0", "4", "2.1\tparents=002").tool("flyway").expecting("3", "2");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "-",
        value = {
          "-, UNINITIALIZED",
          "1, BEHIND",
          "01 2.0, BEHIND_COMPATIBLE",
          "1 2 3, UP_TO_DATE",
          "3 2 1, UP_TO_DATE",
          "1 3, BEHIND",
          "1 2 3 u2, BEHIND",
          "1 2 3 u2 2, UP_TO_DATE",
          "1 2 u3, BEHIND_COMPATIBLE",
          "1 2 3 f4, FAILED",
          "1 2 3 f4 4, AHEAD_UNKNOWN",
          "1 2 3 2.1, AHEAD_UNKNOWN",
          "1 2 3 2.2, AHEAD_UNKNOWN",
          "1 2 3 9!1.0, AHEAD_COMPATIBLE",
          "1 2 9!1.1 3, AHEAD_INCOMPATIBLE",
          "b1.5, BEHIND",
          "b2, BEHIND_COMPATIBLE",
          "b2 3, UP_TO_DATE",
          "b2.0.5 3, UP_TO_DATE",
          "b3.0.0, AHEAD_UNKNOWN",
          "b0, BEHIND",
          "b9!1.1, AHEAD_INCOMPATIBLE",
          "f2 b2 3, UP_TO_DATE",
        })
    void comparesSets(String ranks, Verdict verdict) {
      assertThat(judge.verdict(history(ranks))).isEqualTo(verdict);
    }

    @Test
    void aBaselineBeyondTheChainIsNamedByItself() {
      MigrationStatus status = judge.status(history("b7"));

      assertThat(status.currentRevision()).isEqualTo("7");
      assertThat(status.aheadRevisions()).containsExactly("4", "2.1", "7");
    }

    @Test
    void aBaselineStandsForNoLineOfAnotherDatabase() {
      Judge oracle = Judge.chain("1", "2\tdbms=oracle", "3").tool("flyway").expecting("1");

      assertThat(oracle.verdict(history("b2.5"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(oracle.verdict(history("b2"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void anOperatorAcceptsAVersionAsItIsShown() {
      assertThat(judge.accepting("4").verdict(history("1 2 3 04")))
          .isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(judge.accepting("9.0").verdict(history("1 2 3 9.0")))
          .isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    @Test
    void aFormerVersionCounts() {
      assertThat(
              Judge.chain("1", "20240101\twas=2")
                  .tool("flyway")
                  .expectingHead()
                  .verdict(history("1 02")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aFailedRepeatableMigrationIsNotSurvived() {
      HistoryEntry views =
          new HistoryEntry("R__v.sql", "R__v.sql", null, Outcome.FAILED, false, null, "v", null);

      assertThat(judge.assess(entry("1"), entry("2"), entry("3"), views).canKeepRunning())
          .isFalse();
      assertThat(judge.assess(history("1 2 3 f4")).canKeepRunning()).isTrue();
      assertThat(
              Judge.withoutChain()
                  .tool("flyway")
                  .expecting("3")
                  .assess(entry("3"), views)
                  .canKeepRunning())
          .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 001", "1.2, 1_2", "1, 1.0"})
    void twoLinesOfOneVersionAreAnError(String one, String other) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> Judge.chain(one, other).tool("flyway").expectingHead().verdict())
          .withMessageContaining("revisions.txt:2")
          .withMessageContaining("'" + other + "' is the same version as the line at")
          .withMessageContaining("revisions.txt:1");
      assertThat(Judge.chain(one, other).expectingHead().verdict())
          .isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void aLineThatIsNoVersionIsAnErrorUnlessItIsOfNoEffect() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> Judge.chain("1", "V2__x").tool("flyway").expectingHead().verdict())
          .withMessageContaining("'V2__x' is not a version");
      assertThat(
              Judge.chain("db/a.xml::a::me\tretired", "1")
                  .tool("flyway")
                  .expectingHead()
                  .verdict(history("1")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void golangMigrateHasIntegersOnly() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(
              () -> Judge.chain("1", "1.2").tool("golang-migrate").expectingHead().verdict())
          .withMessageContaining(
              "'1.2' is not a version, so golang-migrate cannot have recorded it")
          .withMessageContaining("7 for 000007_add_x.up.sql");
    }

    @Test
    void whatIsPendingStrandsOlderRows() {
      Judge rows =
          Judge.chain("001", "2")
              .tool("flyway")
              .row("1.0", "2", "1", null)
              .row("0.9", "1", "1", null);

      assertThat(rows.assess(history("1")).rowsThatCannotRestart()).containsExactly("0.9");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '|',
        nullValues = "-",
        value = {"flyway         | 0.8", "golang-migrate | 0.9, 0.8", "alembic        | 0.9, 0.8"})
    void theNamesOfFlywaysFilesSayWhoIsNotStranded(String tool, String cannotRestart) {
      Judge marked =
          Judge.chain("1", "2\talias=2_requires-app_0.9_drop_x")
              .tool(tool)
              .expectingHead()
              .row("0.9", "1", null, null)
              .row("0.8", "1", null, null);

      assertThat(marked.assess(history("1")).rowsThatCannotRestart())
          .containsExactly(cannotRestart.split(", "));
    }
  }

  @Nested
  class WithoutAChain {

    private final Judge judge = Judge.withoutChain().tool("flyway").expecting("3", "2");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        nullValues = "-",
        value = {
          "-, UNINITIALIZED",
          "1, BEHIND",
          "02, BEHIND_COMPATIBLE",
          "2 3.0, UP_TO_DATE",
          "3 2 1 2.5, UP_TO_DATE",
          "2 3 10, AHEAD_UNKNOWN",
          "2 10 3, AHEAD_UNKNOWN",
          "2 10, AHEAD_UNKNOWN",
          "2 3 10 u10, UP_TO_DATE",
          "2 3 2.5!1.1, AHEAD_INCOMPATIBLE",
          "2 3 9!1.0, AHEAD_COMPATIBLE",
          "2 3 3, UP_TO_DATE",
          "2 3 u3, BEHIND_COMPATIBLE",
          "2 3 f4, FAILED",
          "b2.5, BEHIND_COMPATIBLE",
          "b3, UP_TO_DATE",
          "b3 u2, BEHIND",
          "b4, AHEAD_UNKNOWN",
        })
    void comparesNumbers(String ranks, Verdict verdict) {
      assertThat(judge.verdict(history(ranks))).isEqualTo(verdict);
    }

    @Test
    void standsAtTheHighestVersion() {
      assertThat(judge.status(history("2 10 9 3")).currentRevision()).isEqualTo("10");
    }

    @Test
    void aFailureBeyondTheExpectedVersionIsSurvived() {
      assertThat(judge.assess(history("2 3 f4")).canKeepRunning()).isTrue();
      assertThat(judge.assess(history("2 3 f2.5")).canKeepRunning()).isFalse();
    }

    @Test
    void theMaximumAllowsItself() {
      Judge max = Judge.withoutChain().tool("flyway").row("1.0", "3", "2", "5.0");

      assertThat(max.verdict(history("2 3 5"))).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(max.verdict(history("2 3 4 5"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void aNameThatIsNoVersionIsAnError() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(
              () -> Judge.withoutChain().tool("flyway").expecting("3_add_x").verdict(history("3")))
          .withMessageContaining("'3_add_x' is not a version");
    }
  }
}
