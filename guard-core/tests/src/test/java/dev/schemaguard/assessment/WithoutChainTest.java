// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.rerun;
import static dev.schemaguard.assessment.Entries.skipped;
import static dev.schemaguard.assessment.Entries.tagged;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The comparison where only the names in the row are known. */
class WithoutChainTest {

  /** Built for c, runs from a on. */
  private static Judge judge() {
    return Judge.withoutChain().expecting("c", "a");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "-",
      value = {
        "-, UNINITIALIZED",
        "x, BEHIND",
        "c, BEHIND",
        "x c, BEHIND",
        "a, BEHIND_COMPATIBLE",
        "a x, BEHIND_COMPATIBLE",
        "a c, UP_TO_DATE",
        "a b c, UP_TO_DATE",
        "x a y c, UP_TO_DATE",
        "c a, UP_TO_DATE",
        "a c x, AHEAD_UNKNOWN",
        "a c b, AHEAD_UNKNOWN",
        "c x a, AHEAD_UNKNOWN",
        "a c x-allowed, AHEAD_COMPATIBLE",
        "a c x-refused, AHEAD_INCOMPATIBLE",
        "a c x-refused y-allowed z, AHEAD_INCOMPATIBLE",
        "a c x-malformed, AHEAD_UNKNOWN",
        "a x-refused c, AHEAD_INCOMPATIBLE",
        "a-refused c-refused, UP_TO_DATE",
        "a x-malformed c, UP_TO_DATE",
        "a x-malformed, BEHIND_COMPATIBLE",
        "a x-refused, AHEAD_INCOMPATIBLE",
        "a x-allowed, BEHIND_COMPATIBLE",
        "x-refused, BEHIND",
        "a c f-failed, FAILED",
        "a f-failed c, FAILED",
        "f-failed, FAILED",
        "a c x-skipped, UP_TO_DATE",
        "a c-skipped, BEHIND_COMPATIBLE",
        "a-skipped, BEHIND",
      })
  void judgesByTheRowsOwnNamesAndByWhatWasRecordedAfterExpected(String history, Verdict verdict) {
    assertThat(judge().verdict(history(history))).isEqualTo(verdict);
  }

  private static HistoryEntry[] history(String names) {
    if (names == null) {
      return new HistoryEntry[0];
    }
    String[] parts = names.split(" ", -1);
    HistoryEntry[] entries = new HistoryEntry[parts.length];
    for (int i = 0; i < parts.length; i++) {
      entries[i] = entry(parts[i]);
    }
    return entries;
  }

  private static HistoryEntry entry(String name) {
    int dash = name.indexOf('-');
    String id = dash < 0 ? name : name.substring(0, dash);
    return switch (dash < 0 ? "" : name.substring(dash + 1)) {
      case "" -> applied(id);
      case "allowed" -> applied(id, "requires-app 1.0");
      case "refused" -> applied(id, "requires-app 1.1");
      case "malformed" -> applied(id, "see requires-app");
      case "failed" -> failed(id);
      case "skipped" -> skipped(id);
      default -> throw new IllegalArgumentException(name);
    };
  }

  @Nested
  class Status {

    @Test
    void tellsThatItKnowsNoChain() {
      assertThat(judge().status(allApplied("a", "b", "c")).notes())
          .containsExactly("no chain is bundled: only the names in the row are known");
    }

    @Test
    void notesWhatAnOperatorAccepted() {
      MigrationStatus status = judge().accepting("x").status(allApplied("a", "c", "x"));

      assertThat(status.verdict()).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(status.notes()).contains("x is accepted by an operator");
    }

    @Test
    void namesWhatIsMissingBeforeWhatIsThere() {
      MigrationStatus status = judge().status(allApplied("b", "c"));

      assertThat(status.summary()).isEqualTo("1 migration(s) missing before c: a");
      assertThat(status.problem().code()).isEqualTo("GUARD-BEHIND-GAP");
    }

    @Test
    void standsAtTheLastThatIsApplied() {
      assertThat(judge().status(applied("a"), applied("b"), skipped("c")).currentRevision())
          .isEqualTo("b");
      assertThat(judge().status(applied("a"), applied("b"), failed("b")).currentRevision())
          .isEqualTo("a");
    }

    @Test
    void ofAVersionWithoutARowTellsWhereTheDatabaseStandsAndWhatFailed() {
      MigrationStatus status =
          judge().version("7.0").status(applied("a"), applied("b"), failed("b"));

      assertThat(status.verdict()).isEqualTo(Verdict.UNKNOWN_VERSION);
      assertThat(status.currentRevision()).isEqualTo("a");
      assertThat(status.failedRevisions()).containsExactly("b");
    }
  }

  @Nested
  class Names {

    @Test
    void mayBeWholeKeys() {
      Judge keys = Judge.withoutChain().expecting("classpath:db/b.xml::2::me", "db/a.xml::1::me");

      assertThat(keys.verdict(applied("db/a.xml::1::me"), applied("db/b.xml::2::me")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void mayBeTags() {
      Judge tags = Judge.withoutChain().expecting("tag:v2", "tag:v1");
      HistoryEntry[] upToDate = {applied("1"), tagged("2", "v1"), tagged("3", "v2")};

      assertThat(tags.verdict(upToDate)).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(tags.verdict(tagged("2", "v1"), tagged("3", "v2"), applied("4")))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(tags.verdict(tagged("2", "v1"), applied("3")))
          .isEqualTo(Verdict.BEHIND_COMPATIBLE);
      assertThat(tags.verdict(applied("v2"), applied("v1"))).isEqualTo(Verdict.BEHIND);
    }

    @Test
    void ofTheMaximumAllowItAlone() {
      Judge max = Judge.withoutChain().row("1.0", "c", "a", "d");

      assertThat(max.verdict(allApplied("a", "c", "d"))).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(max.verdict(allApplied("a", "c", "x", "d"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(max.verdict(allApplied("a", "c", "x"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void anyAllowsAllThatCameLater() {
      Judge any = Judge.withoutChain().row("1.0", "c", "a", "any");

      assertThat(any.verdict(allApplied("a", "c", "x", "y"))).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(any.verdict(applied("a"), applied("c"), applied("x", "requires-app 1.1")))
          .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }
  }

  @Nested
  class CannotTell {

    @Test
    void whereTheHeadIsWithoutAChain() {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> Judge.withoutChain().expectingHead().assessor())
          .withMessageContaining("'head' means the end of the chain, and there is none")
          .withMessageContaining("Bundle the chain");
    }

    @Test
    void whichOfTwoRevisionsOfOneIdIsMeant() {
      assertError(
          "'c' could be any of x.xml::c::me, y.xml::c::me",
          applied("a"),
          applied("x.xml::c::me"),
          applied("y.xml::c::me"));
      assertError(
          "'a' could be any of x.xml::a::me, y.xml::a::you",
          applied("c"),
          applied("x.xml::a::me"),
          applied("y.xml::a::you"));
    }

    @Test
    void whatCameAfterARevisionThatRanTwice() {
      assertError("'c' was run more than once", applied("a"), rerun("c"), applied("x"));
      assertError(
          "'c' was run more than once", applied("a"), applied("c"), applied("x"), applied("c"));
    }

    @Test
    void whatWasRerunBesidesTheExpectedOneDoesNotMatter() {
      assertThat(judge().verdict(rerun("a"), applied("c"))).isEqualTo(Verdict.UP_TO_DATE);
    }

    @ParameterizedTest
    @CsvSource({"c_add_orders", "c-add-orders", "a_first", "a-first"})
    void whetherALongerNameIsTheSameRevision(String longer) {
      HistoryEntry[] history =
          longer.startsWith("c") ? allApplied("a", longer) : allApplied(longer, "c");

      assertError("is not applied, but " + longer + " is", history);
    }

    @Test
    void whetherALongerNameIsTheMaximum() {
      Judge max = Judge.withoutChain().row("1.0", "c", "a", "d");

      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> max.verdict(allApplied("a", "c", "d_x")))
          .withMessageContaining("'d' is not applied, but d_x is");
    }

    @Test
    void aLongerNameBesideTheExactOneIsAnother() {
      assertThat(judge().verdict(allApplied("a", "a_more", "c_before", "c")))
          .isEqualTo(Verdict.UP_TO_DATE);
    }

    @Test
    void aLongerNameThatIsNotAppliedIsNone() {
      assertThat(judge().verdict(applied("a"), skipped("c_x")))
          .isEqualTo(Verdict.BEHIND_COMPATIBLE);
    }

    private void assertError(String what, HistoryEntry... history) {
      assertThatExceptionOfType(ConfigurationException.class)
          .isThrownBy(() -> judge().verdict(history))
          .withMessageStartingWith("row 1: ")
          .withMessageContaining(what)
          .withMessageContaining("Bundle the chain");
    }
  }
}
