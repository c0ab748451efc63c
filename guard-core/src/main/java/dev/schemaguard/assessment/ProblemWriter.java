// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.Unreadable;
import dev.schemaguard.status.Problem;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts an incompatible assessment into words: what was found, why it matters, what to do. */
final class ProblemWriter {

  private final Assessment assessment;
  private final Findings findings;
  private final Circumstances circumstances;

  ProblemWriter(Assessment assessment, Circumstances circumstances) {
    this.assessment = assessment;
    this.findings = assessment.findings();
    this.circumstances = circumstances;
  }

  Problem problem() {
    Explanation explanation = explanation();
    return new Problem(
        explanation.code(),
        explanation.title(),
        database(),
        found(),
        expected(),
        explanation.why(),
        circumstances.worded(explanation.actions()));
  }

  private Explanation explanation() {
    return switch (assessment.verdict()) {
      case UNREACHABLE -> UnreachableExplanation.of(Objects.requireNonNull(assessment.obstacle()));
      case UNREADABLE ->
          UntoldExplanation.unreadable((Unreadable) Objects.requireNonNull(assessment.reading()));
      case UNKNOWN_VERSION -> UntoldExplanation.unknownVersion(assessment.assessor());
      case FAILED -> behind().failed();
      case UNINITIALIZED -> behind().uninitialized();
      case BEHIND -> findings.gap().isEmpty() ? behind().behind() : behind().gap();
      case AHEAD_INCOMPATIBLE -> ahead().refused();
      case AHEAD_UNKNOWN -> ahead().unknown();
      case AHEAD_COMPATIBLE, BEHIND_COMPATIBLE, UP_TO_DATE ->
          throw new IllegalStateException(assessment.verdict() + " is no problem");
    };
  }

  private AheadExplanation ahead() {
    return new AheadExplanation(
        assessment,
        ToolAdvice.on(circumstances.tool()),
        isSinceStart() ? Migration.ELSEWHERE : circumstances.migration());
  }

  /** Whether what is wrong came about while the application ran. */
  private boolean isSinceStart() {
    return circumstances.wasCompatible() && assessment.isOfApplication();
  }

  private BehindExplanation behind() {
    return new BehindExplanation(
        assessment, circumstances, Objects.requireNonNull(assessment.reading()), isSinceStart());
  }

  private @Nullable String database() {
    HistoryReading reading = assessment.reading();
    String database = circumstances.database();
    return reading == null
        ? database
        : (database == null ? "" : database + "  ") + reading.place().text();
  }

  private @Nullable String found() {
    String current = findings.current();
    if (current == null) {
      return assessment.verdict().isTold()
          ? "no " + circumstances.noun() + " of this application"
          : null;
    }
    HistoryEntry entry = findings.currentEntry();
    return current
        + (entry == null || entry.recordedAt() == null
            ? ""
            : ", applied " + withoutFraction(entry.recordedAt()) + " (database time)");
  }

  private @Nullable String expected() {
    if (findings.expected() == null) {
      return null;
    }
    return findings.expected()
        + (Objects.equals(findings.min(), findings.expected())
            ? ""
            : "   accepts from " + findings.min());
  }

  private static String withoutFraction(String time) {
    int point = time.indexOf('.');
    return point < 0 ? time : time.substring(0, point);
  }
}
