// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.tool.Tools;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the status of an assessment, with its one-sentence summary and its problem. */
public final class StatusWriter {

  private static final int NAMES_IN_SUMMARY = 5;

  private final Assessment assessment;
  private final ComparisonResult comparison;
  private final StatusContext context;

  private StatusWriter(Assessment assessment, StatusContext context) {
    this.assessment = assessment;
    this.comparison = assessment.comparison();
    this.context = context;
  }

  /** Returns the status to publish. */
  public static MigrationStatus status(Assessment assessment, StatusContext context) {
    return new StatusWriter(assessment, context).status();
  }

  private MigrationStatus status() {
    Verdict verdict = assessment.verdict();
    boolean compatible = assessment.isCompatible();
    Problem problem = compatible ? null : new ProblemWriter(assessment, context).problem();
    boolean succeeded = verdict.isKnown() && verdict != Verdict.FAILED;
    String error = succeeded || problem == null ? null : problem.error();
    MatrixRow row = assessment.assessor().row();
    StructureEvidence structure = assessment.structure();
    return MigrationStatus.builder(verdict)
        .compatible(compatible)
        .survivable(assessment.canKeepRunning())
        .currentRevision(comparison.current())
        .expectedHead(comparison.expected())
        .pendingRevisions(comparison.pending())
        .error(error)
        .summary(error != null ? "ERROR: " + error : summary(verdict, compatible))
        .application(context.application())
        .appVersion(assessment.assessor().target().version())
        .matrixRow(row == null ? null : row.label())
        .minCompatibleRevision(comparison.bounds().min())
        .maxCompatibleRevision(comparison.bounds().max())
        .aheadRevisions(comparison.aheadNames())
        .failedRevisions(comparison.failed())
        .database(context.database())
        .tool(context.tool().isEmpty() ? null : context.tool())
        .migrationLock(context.lock())
        .problem(problem)
        .notes(comparison.notes())
        .structure(structure == null ? null : structure.structure())
        .checked(context.checkedAt(), context.duration())
        .build();
  }

  private String summary(Verdict verdict, boolean compatible) {
    return verdict == Verdict.UP_TO_DATE ? "Schema is up to date" : difference(verdict, compatible);
  }

  private String difference(Verdict verdict, boolean compatible) {
    return switch (verdict) {
      case BEHIND_COMPATIBLE -> "Schema is compatible; " + pending(comparison.current());
      case AHEAD_COMPATIBLE, AHEAD_UNKNOWN, AHEAD_INCOMPATIBLE ->
          (compatible ? "Schema is compatible; database is " : "Database is ") + ahead();
      case DRIFTED -> "The schema lacks what this version needs, although " + complete();
      case BEHIND -> comparison.gap().isEmpty() ? pending(comparison.current()) : gap();
      case UNINITIALIZED -> (hasTable() ? "Empty history; " : "Fresh database; ") + pending(null);
      case UNREACHABLE, UNREADABLE, UNKNOWN_VERSION, FAILED, UP_TO_DATE ->
          throw new IllegalStateException(verdict + " is no difference");
    };
  }

  private String complete() {
    return comparison.pending().isEmpty()
        ? "everything is recorded as applied"
        : "everything that it requires is recorded as applied";
  }

  private boolean hasTable() {
    HistoryResult reading = assessment.reading();
    return reading instanceof History || reading instanceof Unreadable;
  }

  private String pending(@Nullable String current) {
    return comparison.pending().size()
        + " pending migration(s): "
        + orNone(current)
        + " → "
        + orNone(comparison.expected());
  }

  private String ahead() {
    boolean unknown = comparison.ahead().stream().noneMatch(AheadRevision::known);
    return unknown && Tools.recordsPositionOnly(context.tool())
        ? "at " + comparison.current() + ", unknown to this version" + assumed()
        : comparison.ahead().size()
            + " revision(s) ahead: "
            + orNone(comparison.expected())
            + " → "
            + comparison.current();
  }

  /**
   * Returns the part of the summary that says that an unknown head is recorded. Such a head says
   * nothing about this chain; the schema is compatible only because it is allowed.
   */
  private String assumed() {
    return assessment.isCompatible() && assessment.isChainAssumed()
        ? " and assumed to include " + orNone(comparison.expected())
        : "";
  }

  private String gap() {
    List<String> gap = comparison.gap();
    return gap.size()
        + " migration(s) missing before "
        + comparison.current()
        + ": "
        + String.join(", ", gap.subList(0, Math.min(NAMES_IN_SUMMARY, gap.size())))
        + (gap.size() > NAMES_IN_SUMMARY ? ", …" : "");
  }

  private static String orNone(@Nullable String revision) {
    return Objects.requireNonNullElse(revision, "none");
  }
}
