// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.List;

/**
 * The answer to "is it safe to migrate this database and then run this version?". Immutable.
 *
 * @param status what is there now
 * @param go whether it is safe
 * @param exitCode 0 if it is safe, else the frozen code of the first obstacle
 * @param reason why, in one sentence
 * @param cannotRestart the labels of the rows whose versions cannot start once the pending
 *     revisions are applied
 */
public record Preflight(
    MigrationStatus status, boolean go, int exitCode, String reason, List<String> cannotRestart) {

  private static final int LOCKED = 6;

  /** Copies the labels. */
  public Preflight {
    cannotRestart = List.copyOf(cannotRestart);
  }

  /** The preflight of a database that could not be asked. */
  static Preflight of(MigrationStatus status) {
    return noGo(status, status.verdict().exitCode(), status.summary());
  }

  /**
   * The preflight of a database that was asked.
   *
   * @param otherTables tables in the schema that the migration tool did not make for itself
   */
  static Preflight of(MigrationStatus status, Assessment assessment, List<String> otherTables) {
    Verdict verdict = status.verdict();
    if (!verdict.isTold() || verdict == Verdict.FAILED) {
      return noGo(status, verdict.exitCode(), status.summary());
    }
    if (!assessment.isAheadAllowed()) {
      return noGo(
          status,
          Verdict.AHEAD_UNKNOWN.exitCode(),
          "the database is ahead by "
              + String.join(", ", status.aheadRevisions())
              + ", which this version does not accept");
    }
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      return noGo(status, LOCKED, "a migration lock is held" + (lock.stale() ? ", stale" : ""));
    }
    if (verdict == Verdict.UNINITIALIZED && !otherTables.isEmpty()) {
      return noGo(
          status,
          verdict.exitCode(),
          "the schema has no history but other tables, such as " + otherTables.get(0));
    }
    int pending = status.pendingRevisions().size();
    List<String> stranded = pending == 0 ? List.of() : assessment.rowsThatCannotRestart();
    return new Preflight(
        stranded.isEmpty()
            ? status
            : status.withNote(
                "once the pending are applied, these versions cannot restart: "
                    + String.join(", ", stranded)),
        true,
        0,
        pending == 0 ? "nothing is pending" : pending + " to apply, then this version runs",
        stranded);
  }

  private static Preflight noGo(MigrationStatus status, int exitCode, String reason) {
    return new Preflight(status, false, exitCode, reason, List.of());
  }

  /** The status as JSON, with {@code recommendation} and {@code exit_code} behind it. */
  public String toJson() {
    return status
        .json()
        .put("recommendation", go ? "go" : "no-go")
        .put("exit_code", exitCode)
        .toString();
  }
}
