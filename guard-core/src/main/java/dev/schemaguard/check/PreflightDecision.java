// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.RedundantHeads;
import dev.schemaguard.assessment.SkippedMigrations;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.assessment.rollback.RollbackPlan;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.Preflight.Connected;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides between go and no-go. The first reason against it in the fixed order of the exit codes
 * determines a no-go.
 */
final class PreflightDecision {

  private static final int LOCKED = 6;
  private static final int READ_ONLY = 13;
  private static final int SKIPPED = 3;

  private PreflightDecision() {}

  /**
   * Returns the preflight of a database that was checked.
   *
   * @param migration who will migrate the database, with which settings
   * @param others tables in the schema that the migration tool did not create for itself
   * @param writes whether a migration could write
   */
  static Preflight of(
      MigrationStatus status,
      Assessment assessment,
      MigrationOwner migration,
      OtherTables others,
      WriteState writes) {
    Verdict verdict = status.verdict();
    if (!verdict.isKnown() || verdict == Verdict.FAILED) {
      return noGo(status, verdict.exitCode(), status.summary());
    }
    Optional<RedundantHeads> redundant = assessment.redundantHeads();
    if (redundant.isPresent()) {
      return noGo(
          status, Verdict.FAILED.exitCode(), redundant.get().reason(), redundant.get().action());
    }
    if (!assessment.isAheadAllowed()) {
      return noGo(
          status,
          Verdict.AHEAD_UNKNOWN.exitCode(),
          "the database is ahead by "
              + String.join(", ", status.aheadRevisions())
              + ", which this version does not accept"
              + lacking(assessment));
    }
    Optional<SkippedMigrations> stuck = assessment.notAppliedFromHere();
    if (stuck.isPresent()) {
      return noGo(status, Verdict.FAILED.exitCode(), stuck.get().reason(), stuck.get().action());
    }
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      return noGo(status, LOCKED, "a migration lock is held" + (lock.stale() ? ", stale" : ""));
    }
    if (assessment.reading() instanceof History history && history.unseen() != null) {
      return noGo(status, Verdict.UNINITIALIZED.exitCode(), history.unseen());
    }
    if (verdict == Verdict.UNINITIALIZED && !others.isKnown()) {
      return noGo(
          status,
          verdict.exitCode(),
          others.unknown(),
          "run preflight with a role that may read the catalog; or check that the schema is empty,"
              + " and set `assume-new` (--assume-new)");
    }
    if (verdict == Verdict.UNINITIALIZED && !others.names().isEmpty()) {
      return noGo(
          status,
          verdict.exitCode(),
          "the schema has no history but other tables, such as " + others.names().get(0));
    }
    int pending = status.pendingRevisions().size();
    if (pending > 0 && !writes.takesWrites()) {
      return noGo(
          status, READ_ONLY, "the server takes no writes: " + writes.reason(), writes.action());
    }
    Optional<SkippedMigrations> skipped = assessment.skippedBy(migration);
    if (skipped.isPresent()) {
      return noGo(status, SKIPPED, skipped.get().reason(), skipped.get().action());
    }
    StructureEvidence structure = assessment.structure();
    if (structure != null && assessment.isDrifted()) {
      return noGo(
          status,
          Verdict.DRIFTED.exitCode(),
          "the schema lacks what this version needs: " + structure.structure().text(),
          verdict == Verdict.DRIFTED && pending == 0
              ? "repair it first: explain GUARD-DRIFTED says how"
              : "repair it first: explain GUARD-DRIFTED says how; if the pending migrations repair"
                  + " it, run preflight with --structure warn");
    }
    return go(withNote(status, writes), assessment, pending);
  }

  /** Returns what the schema lacks, if something is ahead and the schema decides. */
  private static String lacking(Assessment assessment) {
    StructureEvidence structure = assessment.structure();
    return structure == null || structure.structure().text().isEmpty()
        ? ""
        : "; the schema lacks " + structure.structure().text();
  }

  private static MigrationStatus withNote(MigrationStatus status, WriteState writes) {
    return writes.reason().isEmpty()
        ? status
        : status.withNote(
            (writes.takesWrites()
                    ? "read-only, and a migration needs a role and a session that may write: "
                    : "the server takes no writes: ")
                + writes.reason());
  }

  private static Preflight go(MigrationStatus status, Assessment assessment, int pending) {
    List<String> stranded = pending == 0 ? List.of() : assessment.rowsThatCannotRestart();
    return new Preflight(
        stranded.isEmpty()
            ? status
            : status.withNote(
                "once the pending migrations are applied, these versions cannot restart: "
                    + String.join(", ", stranded)),
        true,
        0,
        pending > 0
            ? pending + " to apply, then this version runs"
            : assessment.isChainAssumed()
                ? "nothing is known to be pending; that "
                    + status.currentRevision()
                    + " includes this version's migrations is assumed"
                : "nothing is pending",
        stranded);
  }

  /**
   * Returns a no-go. A reason that the status does not contain is added to its notes, for readers
   * of the JSON.
   */
  private static Preflight noGo(
      MigrationStatus status, int exitCode, String reason, String action) {
    return new Preflight(
        status.withNote(reason + "; " + action),
        false,
        exitCode,
        reason,
        List.of(action),
        List.of(),
        Connected.NOT_READ,
        null);
  }

  private static Preflight noGo(MigrationStatus status, int exitCode, String reason) {
    return new Preflight(status, false, exitCode, reason, List.of());
  }

  /** Returns the same preflight with the connected versions and the rollback. */
  static Preflight beside(
      Preflight preflight,
      ConnectedVersions connected,
      @Nullable String application,
      Assessment assessment) {
    return new Preflight(
        preflight.status(),
        preflight.go(),
        preflight.exitCode(),
        preflight.reason(),
        preflight.actions(),
        preflight.cannotRestart(),
        new RunningConnections(connected, application, assessment).outlook(),
        RollbackPlan.of(assessment, preflight.status().migrationLock() != null).orElse(null));
  }
}
