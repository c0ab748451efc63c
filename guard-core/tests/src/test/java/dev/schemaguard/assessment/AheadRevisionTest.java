// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import static dev.schemaguard.assessment.Entries.allApplied;
import static dev.schemaguard.assessment.Entries.applied;
import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AheadRevisionTest {

  private static final String ADMITS = "requires-app 1.0";
  private static final String REFUSES = "requires-app 1.1";
  private static final String MALFORMED = "see requires-app";

  private static String comment(String marker) {
    return switch (marker) {
      case "none" -> "drops legacy";
      case "admits" -> ADMITS;
      case "refuses" -> REFUSES;
      case "malformed" -> MALFORMED;
      default -> throw new IllegalArgumentException(marker);
    };
  }

  private static String max(String relation) {
    return switch (relation) {
      case "unstated" -> null;
      case "within" -> "3";
      case "beyond" -> "2";
      case "any" -> "any";
      default -> throw new IllegalArgumentException(relation);
    };
  }

  private static Verdict verdict(String judgement) {
    return switch (judgement) {
      case "refused" -> Verdict.AHEAD_INCOMPATIBLE;
      case "unknown" -> Verdict.AHEAD_UNKNOWN;
      case "allowed" -> Verdict.AHEAD_COMPATIBLE;
      default -> throw new IllegalArgumentException(judgement);
    };
  }

  /** Built for 2; the table below is about 3, which the chain knows. */
  private static Judge builtFor2(String max) {
    return Judge.chain("1", "2", "3", "4").row("1.0", "2", null, max).row("*", "2", null, max);
  }

  @ParameterizedTest(name = "marker {0}, Max {1}: {2}, accepted {3}; no version {4}, accepted {5}")
  @CsvSource(
      delimiter = '|',
      value = {
        // marker  | Max      | judged  | accepted | no version | accepted
        "none      | unstated | unknown | allowed  | unknown    | allowed",
        "none      | within   | allowed | allowed  | allowed    | allowed",
        "none      | beyond   | refused | refused  | refused    | refused",
        "none      | any      | allowed | allowed  | allowed    | allowed",
        "admits    | unstated | allowed | allowed  | unknown    | allowed",
        "admits    | within   | allowed | allowed  | unknown    | allowed",
        "admits    | beyond   | refused | refused  | refused    | refused",
        "admits    | any      | allowed | allowed  | unknown    | allowed",
        "refuses   | unstated | refused | refused  | unknown    | allowed",
        "refuses   | within   | refused | refused  | unknown    | allowed",
        "refuses   | beyond   | refused | refused  | refused    | refused",
        "refuses   | any      | refused | refused  | unknown    | allowed",
        "malformed | unstated | unknown | allowed  | unknown    | allowed",
        "malformed | within   | unknown | allowed  | unknown    | allowed",
        "malformed | beyond   | refused | refused  | refused    | refused",
        "malformed | any      | unknown | allowed  | unknown    | allowed",
      })
  void aKnownRevisionIsJudgedByItsMarkerThenByTheMax(
      String marker,
      String max,
      String judged,
      String accepted,
      String withoutVersion,
      String acceptedWithoutVersion) {
    HistoryEntry[] history = {applied("1"), applied("2"), applied("3", comment(marker))};

    assertThat(builtFor2(max(max)).verdict(history)).isEqualTo(verdict(judged));
    assertThat(builtFor2(max(max)).accepting("3").verdict(history)).isEqualTo(verdict(accepted));
    assertThat(builtFor2(max(max)).version("main-abc").verdict(history))
        .isEqualTo(verdict(withoutVersion));
    assertThat(builtFor2(max(max)).version(null).accepting("3").verdict(history))
        .isEqualTo(verdict(acceptedWithoutVersion));
  }

  @ParameterizedTest(name = "marker {0}, Max {1}: {2}, accepted {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        // A revision that the chain does not know stands neither within nor beyond a named Max.
        "none      | unstated | unknown | allowed",
        "none      | within   | unknown | allowed",
        "none      | beyond   | unknown | allowed",
        "none      | any      | allowed | allowed",
        "admits    | unstated | allowed | allowed",
        "admits    | beyond   | allowed | allowed",
        "admits    | any      | allowed | allowed",
        "refuses   | unstated | refused | refused",
        "refuses   | within   | refused | refused",
        "refuses   | any      | refused | refused",
        "malformed | unstated | unknown | allowed",
        "malformed | any      | unknown | allowed",
      })
  void anUnknownRevisionIsJudgedByItsMarkerThenByAny(
      String marker, String max, String judged, String accepted) {
    HistoryEntry[] history = {applied("1"), applied("2"), applied("x", comment(marker))};

    assertThat(builtFor2(max(max)).verdict(history)).isEqualTo(verdict(judged));
    assertThat(builtFor2(max(max)).accepting("x").verdict(history)).isEqualTo(verdict(accepted));
  }

  @Nested
  class Floors {

    @ParameterizedTest(name = "{0} on a floor of {1}: {2}")
    @CsvSource({
      "1.0, 1.0, allowed",
      "1.0.0, 1, allowed",
      "v1.0, 1.0, allowed",
      "1.0, 1.0.1, refused",
      "1.10, 1.9, allowed",
      "1.9, 1.10, refused",
      "1.0-SNAPSHOT, 1.0, refused",
      "1.0-rc.2, 1.0-rc.10, refused",
      "1.0+build.7, 1.0, allowed",
      "1.0-3-gabc, 1.0, allowed",
      "1.0-3-gabc, 1.0.1, refused",
      "2.0, 1.0-SNAPSHOT, allowed",
    })
    void areComparedAsSemVerOrdersVersions(String version, String floor, String judged) {
      Judge judge = Judge.chain("1").row("*", "1", null, null).version(version);

      assertThat(judge.verdict(applied("1"), applied("x", "requires-app " + floor)))
          .isEqualTo(verdict(judged));
    }
  }

  @Nested
  class Several {

    private final Judge judge = Judge.chain("1", "2", "3", "4").row("1.0", "2", null, "3");

    @Test
    void areAllowedOnlyIfEachIs() {
      assertThat(judge.verdict(allApplied("1", "2", "3"))).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(
              judge.verdict(
                  applied("1"), applied("2"), applied("3"), applied("x", ADMITS), applied("y")))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void areRefusedIfOneIs() {
      assertThat(
              judge.verdict(
                  applied("1"),
                  applied("2"),
                  applied("3"),
                  applied("x", REFUSES),
                  applied("y", ADMITS),
                  applied("z")))
          .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
      assertThat(judge.verdict(allApplied("1", "2", "3", "4", "z")))
          .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void areAllAccepted() {
      assertThat(judge.accepting("x").verdict(allApplied("1", "2", "x", "y")))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(judge.accepting("x", "y").verdict(allApplied("1", "2", "x", "y")))
          .isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    @Test
    void aMarkerOnOneDoesNotSpeakForAnother() {
      assertThat(judge.verdict(applied("1"), applied("2"), applied("x"), applied("y", ADMITS)))
          .isEqualTo(Verdict.AHEAD_UNKNOWN);
    }
  }

  @Nested
  class UnknownAheadAllowed {

    private Judge builtFor2() {
      return Judge.chain("1", "2", "3").row("1.0", "2", null, "2").allowingUnknown();
    }

    @Test
    void letsUnknownRevisionsPassAndStillCallsThemSo() {
      Judge judge = Judge.chain("1", "2", "3").expecting("2").allowingUnknown();

      Assessment assessment = judge.assess(allApplied("1", "2", "3", "x"));

      assertThat(assessment.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(assessment.isCompatible()).isTrue();
      assertThat(judge.status(assessment).problem()).isNull();
      assertThat(judge.status(assessment).exitCode()).isZero();
    }

    @Test
    void doesNotLiftARefusal() {
      assertThat(builtFor2().assess(allApplied("1", "2", "3")).isCompatible()).isFalse();
      assertThat(
              builtFor2().assess(applied("1"), applied("2"), applied("x", REFUSES)).isCompatible())
          .isFalse();
    }

    @Test
    void doesNotCoverAMalformedMarker() {
      Assessment assessment =
          builtFor2().assess(applied("1"), applied("2"), applied("x", MALFORMED), applied("y"));

      assertThat(assessment.verdict()).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(assessment.isCompatible()).isFalse();
    }

    @Test
    void doesNotCoverAMarkerThatCannotBeCompared() {
      Judge judge =
          Judge.chain("1", "2").row("*", "2", null, null).version("main").allowingUnknown();

      assertThat(judge.assess(applied("1"), applied("2"), applied("x", ADMITS)).isCompatible())
          .isFalse();
      assertThat(judge.assess(allApplied("1", "2", "x")).isCompatible()).isTrue();
    }

    @Test
    void coversADoubtfulMarkerThatAnOperatorAccepted() {
      assertThat(
              builtFor2()
                  .accepting("x")
                  .assess(applied("1"), applied("2"), applied("x", MALFORMED), applied("y"))
                  .isCompatible())
          .isTrue();
    }

    @Test
    void doesNotMakeUpForWhatIsMissing() {
      assertThat(builtFor2().assess(allApplied("2", "x")).isCompatible()).isFalse();
    }
  }

  @Nested
  class Accepting {

    private static final String KEY = "db/x.xml::x::dev";

    private Judge judge() {
      return Judge.chain("1", "2").expectingHead();
    }

    private Verdict verdict(String accepted) {
      return judge().accepting(accepted).verdict(allApplied("1", "2", "x"));
    }

    @Test
    void takesTheNameThatIsShownOrTheWholeKey() {
      assertThat(verdict("x")).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(verdict(KEY)).isEqualTo(Verdict.AHEAD_COMPATIBLE);
      assertThat(verdict("classpath:" + KEY)).isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    @ParameterizedTest
    @CsvSource({"X", "x_", "''", "*", "db/x.xml::x", "x::dev", "db/x.xml::x::other", "y"})
    void takesNothingElse(String accepted) {
      assertThat(verdict(accepted)).isEqualTo(Verdict.AHEAD_UNKNOWN);
    }

    @Test
    void takesNoIdThatCouldMeanAnotherRevision() {
      HistoryEntry[] twoOfOneId = {
        applied("1"), applied("2"), applied("a.xml::x::dev"), applied("b.xml::x::dev")
      };

      assertThat(judge().accepting("x").verdict(twoOfOneId)).isEqualTo(Verdict.AHEAD_UNKNOWN);
      assertThat(judge().accepting("a.xml::x::dev", "b.xml::x::dev").verdict(twoOfOneId))
          .isEqualTo(Verdict.AHEAD_COMPATIBLE);
    }

    @Test
    void isNotedWithEveryUse() {
      MigrationStatus status =
          judge().accepting("x", "never-there").status(allApplied("1", "2", "x"));

      assertThat(status.notes()).containsExactly("x is accepted by an operator");
    }

    @Test
    void isNotNotedWhereItHasNoEffect() {
      MigrationStatus status = judge().accepting("x").status(allApplied("1", "2"));

      assertThat(status.verdict()).isEqualTo(Verdict.UP_TO_DATE);
      assertThat(status.notes()).isEmpty();
    }

    @Test
    void doesNotLiftARefusal() {
      assertThat(
              judge()
                  .accepting("x", KEY)
                  .verdict(applied("1"), applied("2"), applied("x", REFUSES)))
          .isEqualTo(Verdict.AHEAD_INCOMPATIBLE);
    }

    @Test
    void doesNotMakeUpForAFailureOrForWhatIsMissing() {
      assertThat(judge().accepting("x").verdict(applied("1"), applied("2"), Entries.failed("x")))
          .isEqualTo(Verdict.FAILED);
      assertThat(judge().accepting("1").verdict(allApplied("2"))).isEqualTo(Verdict.BEHIND);
    }
  }
}
