// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.status.Problem;
import dev.schemaguard.tool.ToolAdvice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Describes an incompatible assessment: what was found, why it matters, what to do. */
final class ProblemWriter {

  private final Assessment assessment;
  private final ComparisonResult findings;
  private final StatusContext circumstances;

  ProblemWriter(Assessment assessment, StatusContext circumstances) {
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
          InconclusiveExplanation.unreadable(
              (Unreadable) Objects.requireNonNull(assessment.reading()));
      case UNKNOWN_VERSION -> InconclusiveExplanation.unknownVersion(assessment.assessor());
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
        isSinceStart() ? MigrationOwner.ELSEWHERE : circumstances.migration());
  }

  /** Returns whether the problem arose while the application was running. */
  private boolean isSinceStart() {
    return circumstances.wasCompatible() && assessment.isOfApplication();
  }

  private BehindExplanation behind() {
    return new BehindExplanation(
        assessment, circumstances, Objects.requireNonNull(assessment.reading()), isSinceStart());
  }

  private @Nullable String database() {
    HistoryResult reading = assessment.reading();
    String database = circumstances.database();
    return reading == null
        ? database
        : (database == null ? "" : database + "  ") + reading.place().text();
  }

  private @Nullable String found() {
    String current = findings.current();
    if (current == null) {
      return assessment.verdict().isKnown()
          ? "no " + circumstances.migrationTerm() + " of this application"
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
            : "   minimum " + findings.min());
  }

  private static String withoutFraction(String time) {
    int point = time.indexOf('.');
    return point < 0 ? time : time.substring(0, point);
  }
}
