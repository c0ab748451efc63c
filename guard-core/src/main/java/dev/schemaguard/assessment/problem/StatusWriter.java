// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.HistoryResult;
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
  private final ComparisonResult findings;
  private final StatusContext circumstances;

  private StatusWriter(Assessment assessment, StatusContext circumstances) {
    this.assessment = assessment;
    this.findings = assessment.findings();
    this.circumstances = circumstances;
  }

  /** Returns the status to publish. */
  public static MigrationStatus status(Assessment assessment, StatusContext circumstances) {
    return new StatusWriter(assessment, circumstances).status();
  }

  private MigrationStatus status() {
    Verdict verdict = assessment.verdict();
    boolean compatible = assessment.isCompatible();
    Problem problem = compatible ? null : new ProblemWriter(assessment, circumstances).problem();
    boolean succeeded = verdict.isKnown() && verdict != Verdict.FAILED;
    String error = succeeded || problem == null ? null : problem.error();
    MatrixRow row = assessment.assessor().row();
    return MigrationStatus.builder(verdict)
        .compatible(compatible)
        .survivable(assessment.canKeepRunning())
        .currentRevision(findings.current())
        .expectedHead(findings.expected())
        .pendingRevisions(findings.pending())
        .error(error)
        .summary(error != null ? "ERROR: " + error : summary(verdict, compatible))
        .application(circumstances.application())
        .appVersion(assessment.assessor().question().version())
        .matrixRow(row == null ? null : row.label())
        .minCompatibleRevision(findings.min())
        .maxCompatibleRevision(findings.max())
        .aheadRevisions(findings.aheadNames())
        .failedRevisions(findings.failed())
        .database(circumstances.database())
        .tool(circumstances.tool().isEmpty() ? null : circumstances.tool())
        .migrationLock(circumstances.lock())
        .problem(problem)
        .notes(findings.notes())
        .checked(circumstances.checkedAt(), circumstances.duration())
        .build();
  }

  private String summary(Verdict verdict, boolean compatible) {
    return verdict == Verdict.UP_TO_DATE ? "Schema is up to date" : difference(verdict, compatible);
  }

  private String difference(Verdict verdict, boolean compatible) {
    return switch (verdict) {
      case BEHIND_COMPATIBLE -> "Schema is compatible; " + pending(findings.current());
      case AHEAD_COMPATIBLE, AHEAD_UNKNOWN, AHEAD_INCOMPATIBLE ->
          (compatible ? "Schema is compatible; database is " : "Database is ") + ahead();
      case BEHIND -> findings.gap().isEmpty() ? pending(findings.current()) : gap();
      case UNINITIALIZED -> (hasTable() ? "Empty history; " : "Fresh database; ") + pending(null);
      case UNREACHABLE, UNREADABLE, UNKNOWN_VERSION, FAILED, UP_TO_DATE ->
          throw new IllegalStateException(verdict + " is no difference");
    };
  }

  private boolean hasTable() {
    HistoryResult reading = assessment.reading();
    return reading instanceof History || reading instanceof Unreadable;
  }

  private String pending(@Nullable String current) {
    return findings.pending().size()
        + " pending migration(s): "
        + orNone(current)
        + " → "
        + orNone(findings.expected());
  }

  private String ahead() {
    boolean unknown = findings.ahead().stream().noneMatch(AheadRevision::known);
    return unknown && Tools.recordsPositionOnly(circumstances.tool())
        ? "at " + findings.current() + ", unknown to this version" + assumed()
        : findings.ahead().size()
            + " revision(s) ahead: "
            + orNone(findings.expected())
            + " → "
            + findings.current();
  }

  /**
   * Returns the part of the summary that says that an unknown head is recorded. Such a head says
   * nothing about this chain; the schema is compatible only because it is allowed.
   */
  private String assumed() {
    return assessment.isCompatible() && assessment.isChainAssumed()
        ? " and assumed to include " + orNone(findings.expected())
        : "";
  }

  private String gap() {
    List<String> gap = findings.gap();
    return gap.size()
        + " migration(s) missing before "
        + findings.current()
        + ": "
        + String.join(", ", gap.subList(0, Math.min(NAMES_IN_SUMMARY, gap.size())))
        + (gap.size() > NAMES_IN_SUMMARY ? ", …" : "");
  }

  private static String orNone(@Nullable String revision) {
    return Objects.requireNonNullElse(revision, "none");
  }
}
