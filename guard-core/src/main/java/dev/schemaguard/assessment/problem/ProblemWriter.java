// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.status.Problem;
import dev.schemaguard.tool.ToolAdvice;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Describes an incompatible assessment: what was found, why it matters, what to do. */
final class ProblemWriter {

  private final Assessment assessment;
  private final ComparisonResult comparison;
  private final StatusContext context;

  ProblemWriter(Assessment assessment, StatusContext context) {
    this.assessment = assessment;
    this.comparison = assessment.comparison();
    this.context = context;
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
        context.worded(explanation.actions()));
  }

  private Explanation explanation() {
    return switch (assessment.verdict()) {
      case UNREACHABLE -> UnreachableExplanation.of(Objects.requireNonNull(assessment.failure()));
      case UNREADABLE -> InconclusiveExplanation.unreadable((Unreadable) reading());
      case UNKNOWN_VERSION -> InconclusiveExplanation.unknownVersion(assessment.assessor());
      case FAILED -> failed();
      case UNINITIALIZED -> uninitialized();
      case BEHIND -> behind();
      case AHEAD_INCOMPATIBLE -> refused();
      case DRIFTED -> drifted();
      case AHEAD_UNKNOWN -> unknownAhead();
      case AHEAD_COMPATIBLE, BEHIND_COMPATIBLE, UP_TO_DATE ->
          throw new IllegalStateException(assessment.verdict() + " is no problem");
    };
  }

  private Explanation refused() {
    RefusedExplanation refused = new RefusedExplanation(assessment, ToolAdvice.on(context.tool()));
    return assessment.isRefusedByRevision()
        ? refused.explanation()
        : refused.byStructure(Objects.requireNonNull(assessment.structure()));
  }

  private Explanation drifted() {
    MigrateAdvice migrate = migrateAdvice();
    return new DriftedExplanation(
            Objects.requireNonNull(assessment.structure()), migrate, reading().place().table())
        .explanation(context.migrationTerm());
  }

  private Explanation unknownAhead() {
    MigrationOwner migration = isSinceStart() ? MigrationOwner.ELSEWHERE : context.migration();
    return new UnknownAheadExplanation(assessment, migration).explanation();
  }

  /** Returns whether the problem arose while the application was running. */
  private boolean isSinceStart() {
    return context.wasCompatible() && assessment.isOfApplication();
  }

  private Explanation failed() {
    MigrateAdvice migrate = migrateAdvice();
    return new FailedExplanation(
            assessment,
            (History) reading(),
            migrate.tool(),
            migrate.lock(),
            Optional.ofNullable(migrate.readOnly()))
        .explanation();
  }

  private Explanation uninitialized() {
    MigrateAdvice migrate = migrateAdvice();
    return new UninitializedExplanation(context, reading(), migrate, undone(migrate)).explanation();
  }

  private Explanation behind() {
    MigrateAdvice migrate = migrateAdvice();
    return new BehindExplanation(assessment, context, migrate, undone(migrate)).explanation();
  }

  private MigrateAdvice migrateAdvice() {
    ToolAdvice tool = ToolAdvice.on(context.tool());
    return new MigrateAdvice(context, tool, new LockAdvice(context.lock(), tool));
  }

  /** Returns the advice on migrations that this guard has seen applied; null if it has not. */
  private @Nullable UndoneExplanation undone(MigrateAdvice migrate) {
    LockAdvice lock = migrate.lock();
    return isSinceStart()
        ? new UndoneExplanation(
            migrate.tool(),
            reading().place().table(),
            !context.otherTables().isEmpty(),
            lock.isHeld() ? lock.waitForMigration() : null)
        : null;
  }

  private HistoryResult reading() {
    return Objects.requireNonNull(assessment.reading());
  }

  private @Nullable String database() {
    HistoryResult reading = assessment.reading();
    String database = context.database();
    return reading == null
        ? database
        : (database == null ? "" : database + "  ") + reading.place().text();
  }

  private @Nullable String found() {
    String current = comparison.current();
    if (current == null) {
      return assessment.verdict().isKnown()
          ? "no " + context.migrationTerm() + " of this application"
          : null;
    }
    HistoryEntry entry = comparison.position().entry();
    return current
        + (entry == null || entry.recordedAt() == null
            ? ""
            : ", applied " + withoutFraction(entry.recordedAt()) + " (database time)");
  }

  private @Nullable String expected() {
    if (comparison.expected() == null) {
      return null;
    }
    return comparison.expected()
        + (Objects.equals(comparison.bounds().min(), comparison.expected())
            ? ""
            : "   minimum " + comparison.bounds().min());
  }

  private static String withoutFraction(String time) {
    int point = time.indexOf('.');
    return point < 0 ? time : time.substring(0, point);
  }
}
