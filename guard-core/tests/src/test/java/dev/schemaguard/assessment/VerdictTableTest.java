// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static dev.schemaguard.assessment.Entries.failed;
import static dev.schemaguard.assessment.Entries.skipped;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult.Cause;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTableTest {

  private static Judge judge() {
    return Judge.chain("1", "2", "3", "4", "5").expecting("4", "2");
  }

  @Nested
  class WhatCannotBeTold {

    @ParameterizedTest
    @EnumSource
    void anObstacleOnTheWayIsUnreachable(ConnectionFailure.Kind kind) {
      Assessment assessment =
          judge().assessor().unreachable(new ConnectionFailure(kind, "refused"));

      assertThat(assessment.verdict()).isEqualTo(Verdict.UNREACHABLE);
      assertThat(assessment.isCompatible()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aHistoryThatCannotBeReadIsUnreadable(Cause cause) {
      Assessment assessment = judge().assess(judge().unreadable(cause));

      assertThat(assessment.verdict()).isEqualTo(Verdict.UNREADABLE);
      assertThat(assessment.isCompatible()).isFalse();
    }

    @Test
    void aVersionWithoutARowIsUnknown() {
      Assessment assessment = judge().version("7.0").assess(allApplied("1", "2", "3", "4"));

      assertThat(assessment.verdict()).isEqualTo(Verdict.UNKNOWN_VERSION);
      assertThat(assessment.isCompatible()).isFalse();
    }

    @Test
    void neitherIsRelaxedByWhatRelaxesTheAheadSide() {
      Judge lenient = judge().row("current", null, "1", "any").allowingUnknown().accepting("1");

      assertThat(lenient.assess(lenient.unreadable(Cause.PERMISSION)).isCompatible()).isFalse();
      assertThat(
              lenient
                  .assessor()
                  .unreachable(new ConnectionFailure(ConnectionFailure.Kind.TIMEOUT, "late"))
                  .isCompatible())
          .isFalse();
    }

    @Test
    void unreadableComesBeforeUnknownVersion() {
      Judge unknownVersion = judge().version("7.0");

      assertThat(unknownVersion.assess(unknownVersion.unreadable(Cause.QUERY)).verdict())
          .isEqualTo(Verdict.UNREADABLE);
    }

    @Test
    void unknownVersionComesBeforeUninitialized() {
      Judge unknownVersion = judge().version("7.0");

      assertThat(unknownVersion.assess(unknownVersion.absent()).verdict())
          .isEqualTo(Verdict.UNKNOWN_VERSION);
    }

    @Test
    void whatIsKnownOfTheRowIsToldAllTheSame() {
      var status =
          judge()
              .status(
                  judge()
                      .assessor()
                      .unreachable(
                          new ConnectionFailure(ConnectionFailure.Kind.NO_CONNECTION, "refused")));

      assertThat(status.expectedHead()).isEqualTo("4");
      assertThat(status.minCompatibleRevision()).isEqualTo("2");
      assertThat(status.matrixRow()).isEqualTo("1.0");
      assertThat(status.currentRevision()).isNull();
      assertThat(status.pendingRevisions()).isEmpty();
    }

    @Test
    void whatTheDatabaseHoldsIsToldToAVersionWithoutARow() {
      var status = judge().version("7.0").status(applied("1"), applied("2"), failed("3"));

      assertThat(status.currentRevision()).isEqualTo("2");
      assertThat(status.failedRevisions()).containsExactly("3");
      assertThat(status.expectedHead()).isNull();
      assertThat(status.matrixRow()).isNull();
    }
  }

  @Nested
  class Fresh {

    @Test
    void aProvenAbsenceIsUninitialized() {
      assertThat(judge().assess(judge().absent()).verdict()).isEqualTo(Verdict.UNINITIALIZED);
      assertThat(judge().assess(judge().absent()).isCompatible()).isFalse();
    }

    @Test
    void anEmptyTableIsUninitialized() {
      assertThat(judge().verdict()).isEqualTo(Verdict.UNINITIALIZED);
    }

    @Test
    void isCompatibleIfTheApplicationHasNoMigrationYet() {
      Judge noMigrations = Judge.chain(RevisionChain.NO_MIGRATIONS).expectingHead();

      assertThat(noMigrations.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(noMigrations.assess(noMigrations.absent()).verdict())
          .isEqualTo(Verdict.UP_TO_DATE);
      assertThat(noMigrations.verdict(applied("1"))).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void isNotSaidOfATableThatHoldsAnythingOfOurs() {
      assertThat(judge().verdict(skipped("1"))).isEqualTo(Verdict.BEHIND);
      assertThat(judge().verdict(applied("x"))).isEqualTo(Verdict.BEHIND);
    }
  }

  @Nested
  class Told {

    @Test
    void allThatIsExpectedIsUpToDate() {
      assertVerdict(Verdict.UP_TO_DATE, true, allApplied("1", "2", "3", "4"));
    }

    @Test
    void someExpectedMissingBeyondTheMinimumIsBehindCompatible() {
      assertVerdict(Verdict.BEHIND_COMPATIBLE, true, allApplied("1", "2", "3"));
      assertVerdict(Verdict.BEHIND_COMPATIBLE, true, allApplied("1", "2"));
      assertVerdict(Verdict.BEHIND_COMPATIBLE, true, allApplied("1", "2", "4"));
    }

    @Test
    void someRequiredMissingIsBehindWhereverItStands() {
      assertVerdict(Verdict.BEHIND, false, allApplied("1"));
      assertVerdict(Verdict.BEHIND, false, allApplied("2", "3", "4"));
      assertVerdict(Verdict.BEHIND, false, allApplied("1", "3", "4"));
    }

    @Test
    void knownRevisionsBeyondExpectedAreAheadUnknown() {
      assertVerdict(Verdict.AHEAD_UNKNOWN, false, allApplied("1", "2", "3", "4", "5"));
    }

    @Test
    void anUnknownRevisionIsAheadUnknownWhereverItStandsInTheHistory() {
      for (int place = 0; place <= 4; place++) {
        List<HistoryEntry> entries = new ArrayList<>(List.of(allApplied("1", "2", "3", "4")));
        entries.add(place, applied("x"));

        assertVerdict(Verdict.AHEAD_UNKNOWN, false, entries.toArray(new HistoryEntry[0]));
      }
    }

    @Test
    void anAdmittingMarkerMakesItAheadCompatible() {
      assertVerdict(
          Verdict.AHEAD_COMPATIBLE,
          true,
          applied("1"),
          applied("2"),
          applied("3"),
          applied("4"),
          applied("x", "requires-app 1.0"));
    }

    @Test
    void aRefusingMarkerMakesItAheadIncompatible() {
      assertVerdict(
          Verdict.AHEAD_INCOMPATIBLE,
          false,
          applied("1"),
          applied("2"),
          applied("3"),
          applied("4"),
          applied("x", "requires-app 1.1"));
    }

    @Test
    void aFailureIsFailedWhateverElseIsThere() {
      assertVerdict(Verdict.FAILED, false, applied("1"), applied("2"), failed("3"), applied("4"));
      assertVerdict(
          Verdict.FAILED, false, applied("1"), applied("2"), applied("4"), failed("unknown"));
      assertVerdict(Verdict.FAILED, false, failed("5"));
    }

    private void assertVerdict(Verdict verdict, boolean compatible, HistoryEntry... entries) {
      Assessment assessment = judge().assess(entries);

      assertThat(assessment.verdict()).isEqualTo(verdict);
      assertThat(assessment.isCompatible()).isEqualTo(compatible);
    }
  }

  @Nested
  class SeveralRowsOfOneRevision {

    @Test
    void appliedAfterAFailureIsNoFailure() {
      assertThat(judge().verdict(applied("1"), failed("2"), applied("2"), applied("3")))
          .isEqualTo(Verdict.BEHIND_COMPATIBLE);
      assertThat(judge().verdict(failed("x"), applied("1"), applied("2"), applied("x")))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void failedAfterItWasAppliedIsAFailure() {
      assertThat(judge().verdict(applied("1"), applied("2"), applied("3"), failed("2")))
          .isEqualTo(Verdict.FAILED);
      assertThat(judge().verdict(applied("1"), applied("2"), applied("x"), failed("x")))
          .isEqualTo(Verdict.FAILED);
    }

    @Test
    void aSkippedRowDoesNotExcuseAnEarlierFailure() {
      assertThat(judge().verdict(applied("1"), applied("2"), failed("3"), skipped("3")))
          .isEqualTo(Verdict.FAILED);
      assertThat(judge().verdict(applied("1"), applied("2"), failed("x"), skipped("x")))
          .isEqualTo(Verdict.FAILED);
    }

    @Test
    void skippedAfterItWasAppliedIsNotApplied() {
      assertThat(judge().verdict(applied("1"), applied("2"), skipped("2")))
          .isEqualTo(Verdict.BEHIND);
    }

    @Test
    void aMarkerCountsOnlyInTheLatest() {
      HistoryEntry[] now = {
        applied("1"), applied("2"), applied("x", "requires-app 9"), applied("x", "requires-app 1.0")
      };

      assertThat(judge().verdict(now)).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }
  }

  /** A fact about a database, and the verdict that it alone would bring. */
  private enum Fact {
    NO_ROW(Verdict.UNKNOWN_VERSION),
    FAILURE(Verdict.FAILED),
    NO_ENTRY(Verdict.UNINITIALIZED),
    REQUIRED_MISSING(Verdict.BEHIND),
    AHEAD_REFUSED(Verdict.AHEAD_INCOMPATIBLE),
    AHEAD_UNKNOWN(Verdict.AHEAD_UNKNOWN),
    AHEAD_ALLOWED(Verdict.AHEAD_COMPATIBLE),
    EXPECTED_MISSING(Verdict.BEHIND_COMPATIBLE);

    private static final Set<Fact> ENTRIES =
        EnumSet.of(FAILURE, AHEAD_REFUSED, AHEAD_UNKNOWN, AHEAD_ALLOWED);

    private final Verdict verdict;

    Fact(Verdict verdict) {
      this.verdict = verdict;
    }

    static boolean canCoincide(Set<Fact> facts) {
      return !facts.contains(NO_ENTRY) || facts.stream().noneMatch(ENTRIES::contains);
    }
  }

  /** Every set of facts that can be true together brings the verdict of its first. */
  @TestFactory
  Stream<DynamicTest> theFirstVerdictThatFitsIsGiven() {
    return IntStream.range(0, 1 << Fact.values().length)
        .mapToObj(VerdictTableTest::facts)
        .filter(Fact::canCoincide)
        .map(facts -> DynamicTest.dynamicTest(facts.toString(), () -> assertFirst(facts)));
  }

  private static void assertFirst(EnumSet<Fact> facts) {
    Verdict first = facts.stream().findFirst().map(fact -> fact.verdict).orElse(Verdict.UP_TO_DATE);
    List<HistoryEntry> entries = new ArrayList<>();
    if (!facts.contains(Fact.NO_ENTRY)) {
      entries.addAll(List.of(allApplied("1", "3")));
      addIf(entries, !facts.contains(Fact.REQUIRED_MISSING), applied("2"));
      addIf(entries, !facts.contains(Fact.EXPECTED_MISSING), applied("4"));
    }
    addIf(entries, facts.contains(Fact.AHEAD_ALLOWED), applied("a", "requires-app 0.9"));
    addIf(entries, facts.contains(Fact.AHEAD_REFUSED), applied("r", "requires-app 1.1"));
    addIf(entries, facts.contains(Fact.AHEAD_UNKNOWN), applied("u"));
    addIf(entries, facts.contains(Fact.FAILURE), failed("f"));
    Judge asked = facts.contains(Fact.NO_ROW) ? judge().version("7.0") : judge();

    assertThat(asked.verdict(entries.toArray(new HistoryEntry[0]))).isEqualTo(first);
  }

  private static void addIf(List<HistoryEntry> entries, boolean condition, HistoryEntry entry) {
    if (condition) {
      entries.add(entry);
    }
  }

  private static EnumSet<Fact> facts(int bits) {
    EnumSet<Fact> facts = EnumSet.noneOf(Fact.class);
    for (int i = 0; i < Fact.values().length; i++) {
      if ((bits & 1 << i) != 0) {
        facts.add(Fact.values()[i]);
      }
    }
    return facts;
  }
}
