// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainAttributesTest {

  @Nested
  class Optional {

    private final Judge judge =
        Judge.chain("1", "2\toptional", "3", "4\toptional")
            .row("current", null, "1", null)
            .row("0.9", "3", null, null);

    @Test
    void isNeitherRequiredNorPending() {
      MigrationStatus status = judge.status(allApplied("1", "3"));

      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.pendingRevisions()).isEmpty();
      assertThat(status.expectedHead()).isEqualTo("3");
    }

    @Test
    void isNotAheadWithinWhatIsExpected() {
      assertThat(judge.verdict(allApplied("1", "2", "3", "4"))).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isAheadLikeAnyOtherBeyondIt() {
      MigrationStatus status = judge.version("0.9").status(allApplied("1", "3", "4"));

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(status.aheadRevisions()).containsExactly("4");
    }

    @Test
    void isAFailureLikeAnyOtherIfItFailed() {
      assertThat(judge.verdict(applied("1"), applied("3"), failed("2"))).isEqualTo(Verdict.FAILED);
    }
  }

  @Nested
  class Retired {

    private final Judge judge =
        Judge.chain("1", "2\tretired", "3", "4\tretired").row("1.0", "3", "1", "3");

    @Test
    void isNeitherRequiredNorPendingNorAhead() {
      assertThat(judge.verdict(allApplied("1", "3"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(allApplied("1", "2", "3"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(allApplied("1", "3", "4"))).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "4"})
    void isStillJudgedByAMarker(String line) {
      assertThat(judge.verdict(applied("1"), applied("3"), applied(line, "requires-app 1.1")))
          .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
      assertThat(judge.verdict(applied("1"), applied("3"), applied(line, "requires-app 1.0")))
          .isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(applied("1"), applied("3"), applied(line, "see requires-app")))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void isAcceptedLikeAnyOtherAndNoted() {
      MigrationStatus status =
          judge.accepting("4").status(applied("1"), applied("3"), applied("4", "see requires-app"));

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(status.notes()).containsExactly("4 is accepted by an operator");
    }

    @Test
    void isNotAheadByBeingAcceptedAlone() {
      assertThat(
              judge
                  .accepting("4")
                  .verdict(applied("1"), applied("3"), applied("4", "requires-app 1.0")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void hasNoEffectByAFailureEither() {
      assertThat(judge.verdict(applied("1"), failed("2"), applied("3")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void isEntryEnoughThatTheDatabaseIsNotFresh() {
      assertThat(judge.verdict(applied("2"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void isWhereADatabaseStandsOnlyIfThereIsNothingElse() {
      assertThat(judge.status(allApplied("1", "4")).currentRevision()).isEqualTo("1");
      assertThat(judge.status(applied("2")).currentRevision()).isEqualTo("2");
    }
  }

  @Nested
  class ReplacedBy {

    private static final String[] SQUASHED = {
      "1\treplaced-by=S", "2\treplaced-by=S", "3\treplaced-by=S", "S", "5"
    };

    private Judge head() {
      return Judge.chain(SQUASHED).expectingHead();
    }

    @Test
    void theReplacedAreNeverRequiredNorPendingWhereTheSquashIs() {
      MigrationStatus status = head().status(allApplied("S", "5"));

      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.pendingRevisions()).isEmpty();
    }

    @Test
    void theSquashCountsAsAppliedWhereAllThatItReplacesAre() {
      MigrationStatus status = head().status(allApplied("1", "2", "3"));

      assertThat(status.pendingRevisions()).containsExactly("5");
      assertThat(status.currentRevision()).isEqualTo("S");
      assertThat(head().verdict(allApplied("1", "2", "3", "5"))).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @CsvSource({"1", "1;2", "1;3", "2;3"})
    void theSquashIsMissingWhereOnlySomeOfThemAre(String applied) {
      MigrationStatus status = head().status(allApplied(applied.split(";", -1)));

      assertThat(status.verdict()).isEqualTo(Verdict.BEHIND);
      assertThat(status.pendingRevisions()).containsExactly("S", "5");
    }

    @Test
    void countingSoIsNeverAhead() {
      Judge old = Judge.chain(SQUASHED).expecting("3");

      MigrationStatus status = old.status(allApplied("1", "2", "3"));

      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.currentRevision()).isEqualTo("3");
    }

    @Test
    void aSquashThatRanBeyondExpectedIsAhead() {
      Judge old = Judge.chain(SQUASHED).expecting("3");

      assertThat(old.verdict(applied("S"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void aVersionFromBeforeTheSquashStillNeedsWhatItNeeded() {
      Judge old = Judge.chain(SQUASHED).expecting("3", "2");

      assertThat(old.verdict(applied("1"))).isEqualTo(Verdict.BEHIND);
      assertThat(old.status(applied("1")).pendingRevisions()).containsExactly("2", "3");
      assertThat(old.verdict(allApplied("1", "2"))).isEqualTo(Verdict.BEHIND_COMPATIBLE);
    }

    @Test
    void aMinimumFromBeforeTheSquashStillHolds() {
      Judge min2 = Judge.chain(SQUASHED).expecting("5", "2");

      assertThat(min2.verdict(applied("1"))).isEqualTo(Verdict.BEHIND);
      assertThat(min2.status(applied("1")).pendingRevisions()).containsExactly("S", "5");
      assertThat(min2.status(applied("1")).problem().why())
          .isEqualTo("S is required and not applied");
      assertThat(min2.verdict(allApplied("1", "2"))).isEqualTo(Verdict.BEHIND_COMPATIBLE);
      assertThat(min2.status(allApplied("1", "2")).pendingRevisions()).containsExactly("S", "5");
      assertThat(min2.verdict(applied("S"))).isEqualTo(Verdict.BEHIND_COMPATIBLE);
    }

    @Test
    void aSquashOfSquashesCountsThroughAllOfThem() {
      Judge judge =
          Judge.chain(
                  "1\treplaced-by=S",
                  "2\treplaced-by=S",
                  "S\treplaced-by=T",
                  "4\treplaced-by=T",
                  "T",
                  "6")
              .expectingHead();

      assertThat(judge.verdict(allApplied("1", "2", "4", "6"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(allApplied("S", "4", "6"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(allApplied("T", "6"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.status(allApplied("1", "4", "6")).pendingRevisions()).containsExactly("T");
      assertThat(judge.status(allApplied("1", "2", "6")).pendingRevisions()).containsExactly("T");
    }

    @Test
    void leavesAsideWhatIsOptionalRetiredOrOfAnotherDatabase() {
      Judge judge =
          Judge.chain(
                  "1\treplaced-by=S",
                  "2\treplaced-by=S\toptional",
                  "3\treplaced-by=S\tdbms=oracle",
                  "4\treplaced-by=S\tretired",
                  "S")
              .expectingHead();

      assertThat(judge.verdict(applied("1"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(allApplied("2", "3", "4"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void nothingReplacedIsNoProofOfASquash() {
      Judge judge = Judge.chain("0", "1\treplaced-by=S\toptional", "S").expectingHead();

      assertThat(judge.verdict(applied("0"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void aFailureAmongTheReplacedIsAFailure() {
      assertThat(head().verdict(applied("1"), applied("2"), failed("3"))).isEqualTo(Verdict.FAILED);
    }

    @Test
    void aReplacedLineThatWasSkippedDoesNotCount() {
      assertThat(head().verdict(applied("1"), applied("2"), skipped("3"), applied("5")))
          .isEqualTo(Verdict.BEHIND);
    }
  }

  @Nested
  class Was {

    private final Judge judge = Judge.chain("1", "new\twas=old\twas=older", "3").expectingHead();

    @ParameterizedTest
    @ValueSource(strings = {"new", "old", "older"})
    void everyNameCounts(String name) {
      assertThat(judge.verdict(allApplied("1", name, "3"))).isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void theNewNameIsShown() {
      assertThat(judge.status(allApplied("1", "old")).currentRevision()).isEqualTo("new");
    }

    @Test
    void rowsUnderBothNamesAreRowsOfOneRevision() {
      assertThat(judge.verdict(applied("1"), failed("old"), applied("new"), applied("3")))
          .isEqualTo(Verdict.UP_TO_DATE);
      assertThat(judge.verdict(applied("1"), applied("old"), failed("new"), applied("3")))
          .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aWholeKeyIsComparedWithItsPathNormalised() {
      Judge moved = Judge.chain("new/a.xml::1::me\twas=classpath:old/a.xml::1::me").expectingHead();

      assertThat(moved.verdict(applied("old/a.xml::1::me"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(moved.verdict(applied("older/a.xml::1::me"))).isEqualTo(Verdict.BEHIND);
    }
  }

  @Nested
  class Dbms {

    @ParameterizedTest(name = "dbms={0} is due on {1}: {2}")
    @CsvSource(
        delimiter = '|',
        value = {
          "postgresql        | postgresql | true",
          "postgresql        | h2         | false",
          "h2,postgresql     | postgresql | true",
          "!postgresql       | postgresql | false",
          "!postgresql       | h2         | true",
          "!h2,!oracle       | postgresql | true",
          "all               | h2         | true",
          "none              | h2         | false",
        })
    void whatDoesNotApplyHereIsNeitherRequiredNorPending(String list, String dbms, boolean due) {
      Judge judge = Judge.chain("1", "2\tdbms=" + list).expectingHead().on(dbms);

      MigrationStatus status = judge.status(applied("1"));

      assertThat(status.verdict()).isEqualTo(due ? Verdict.BEHIND : Verdict.UP_TO_DATE);
      assertThat(status.expectedHead()).isEqualTo(due ? "2" : "1");
      assertThat(status.minCompatibleRevision()).isEqualTo(due ? "2" : "1");
    }

    @Test
    void itIsAheadLikeAnyOtherWhereItWasAppliedBeyondExpected() {
      Judge judge = Judge.chain("1", "2\tdbms=oracle").expecting("1");

      assertThat(judge.verdict(allApplied("1", "2"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void headIsTheLastOnAnyDatabaseWhereNoneWasReached() {
      Judge judge = Judge.chain("1", "2\tdbms=oracle").expectingHead();

      assertThat(
              judge
                  .status(
                      judge
                          .assessor()
                          .unreachable(
                              new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, "late")))
                  .expectedHead())
          .isEqualTo("2");
    }
  }

  @Nested
  class Parents {

    /** 1 ← 2 ← 3 ← 4 on the main line; h follows 2 and was merged into 5. */
    private static final String[] MERGED_HOTFIX = {
      "1", "2", "3", "4", "h\tparents=2", "5\tparents=4,h"
    };

    @Test
    void upToAHotfixIsItsOwnBranch() {
      Judge hotfixed = Judge.chain(MERGED_HOTFIX).expecting("h");

      assertThat(hotfixed.verdict(allApplied("1", "2", "h"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(hotfixed.status(allApplied("1", "2")).pendingRevisions()).containsExactly("h");
      assertThat(hotfixed.status(allApplied("1", "2", "3", "h")).aheadRevisions())
          .containsExactly("3");
    }

    @Test
    void upToTheMainLineLeavesTheHotfixOut() {
      Judge main = Judge.chain(MERGED_HOTFIX).expecting("4");

      assertThat(main.verdict(allApplied("1", "2", "3", "4"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(main.status(allApplied("1", "2", "h", "3", "4")).aheadRevisions())
          .containsExactly("h");
    }

    @Test
    void upToTheMergeIsBoth() {
      Judge merged = Judge.chain(MERGED_HOTFIX).expecting("5");

      assertThat(merged.verdict(allApplied("1", "2", "3", "4", "5"))).isEqualTo(Verdict.BEHIND);
      assertThat(merged.verdict(allApplied("1", "2", "3", "h", "4", "5")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void withoutParentsEveryLineBeforeIsNeeded() {
      Judge plain = Judge.chain("1", "2", "3", "4", "h", "5").expecting("h");

      assertThat(plain.verdict(allApplied("1", "2", "h"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void anEmptyListIsARoot() {
      Judge root = Judge.chain("1", "2", "r\tparents=", "4\tparents=r").expecting("4");

      assertThat(root.verdict(allApplied("r", "4"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(root.status(allApplied("1", "r", "4")).aheadRevisions()).containsExactly("1");
    }

    @Test
    void aMaximumIsJudgedAlongTheGraph() {
      Judge judge = Judge.chain(MERGED_HOTFIX).row("1.0", "2", null, "h");

      assertThat(judge.verdict(allApplied("1", "2", "h"))).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(judge.verdict(allApplied("1", "2", "3"))).isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }
  }

  @Nested
  class Names {

    @Test
    void aLineWithoutSeparatorIsTheIdAlone() {
      Judge ids = Judge.chain("1", "2").expectingHead();

      assertThat(ids.verdict(applied("a.xml::1::me"), applied("b.xml::2::you")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aWholeKeyIsPathIdAndAuthor() {
      Judge keys = Judge.chain("db/a.xml::1::me").expectingHead();

      assertThat(keys.verdict(applied("db/a.xml::1::me"))).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(keys.verdict(applied("db/b.xml::1::me"))).isEqualTo(Verdict.BEHIND);
      assertThat(keys.verdict(applied("db/a.xml::1::you"))).isEqualTo(Verdict.BEHIND);
      assertThat(keys.verdict(applied("db/a.xml::2::me"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void whatTheDatabaseHoldsIsNeverMatchedByPrefixOrAlias() {
      Judge ids = Judge.chain("0001\talias=first").expectingHead();

      assertThat(ids.verdict(applied("0001_first"))).isEqualTo(Verdict.BEHIND);
      assertThat(ids.verdict(applied("1"))).isEqualTo(Verdict.BEHIND);
      assertThat(ids.verdict(applied("first"))).isEqualTo(Verdict.BEHIND);
    }
  }
}
