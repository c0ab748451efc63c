// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.RedundantHeads;
import dev.schemaguard.assessment.SkippedMigrations;
import dev.schemaguard.assessment.rollback.RollbackPlan;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.WriteState;
import dev.schemaguard.matrix.VisibleText;
import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Rollback;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "is it safe to migrate this database and then run this version?". Immutable.
 *
 * @param status what is there now
 * @param go whether it is safe
 * @param exitCode 0 if it is safe, else the frozen code of the first obstacle
 * @param reason why, in one sentence
 * @param actions what to do about a no-go; empty if the status's problem says it
 * @param cannotRestart the labels of the rows whose versions cannot start once the pending
 *     revisions are applied
 * @param running the versions of this application that are connected now; null where nobody looked
 *     or nothing could be seen
 * @param safeUpTo the last pending revision up to which one may migrate now and harm none of those
 *     that are running; null where there is none, where none is seen running, and where not all
 *     could be seen
 * @param notSeen what else may be running and could not be told, in sentences
 * @param rollback the way back to this version, where the database is ahead of it; null where
 *     nothing is ahead or that cannot be told, and for tenants
 */
public record Preflight(
    MigrationStatus status,
    boolean go,
    int exitCode,
    String reason,
    List<String> actions,
    List<String> cannotRestart,
    @Nullable List<RunningVersion> running,
    @Nullable String safeUpTo,
    List<String> notSeen,
    @Nullable Rollback rollback) {

  private static final int LOCKED = 6;
  private static final int READ_ONLY = 13;
  private static final int SKIPPED = 3;

  /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
  public Preflight {
    reason = VisibleText.of(reason);
    actions = VisibleText.all(actions);
    cannotRestart = VisibleText.all(cannotRestart);
    running = running == null ? null : List.copyOf(running);
    safeUpTo = VisibleText.ofNullable(safeUpTo);
    notSeen = VisibleText.all(notSeen);
  }

  /** A preflight that looked neither for what is running nor for a way back. */
  public Preflight(
      MigrationStatus status, boolean go, int exitCode, String reason, List<String> cannotRestart) {
    this(status, go, exitCode, reason, List.of(), cannotRestart, null, null, List.of(), null);
  }

  /** The preflight of a database that could not be asked. */
  public static Preflight of(MigrationStatus status) {
    return noGo(status, status.verdict().exitCode(), status.summary());
  }

  /**
   * The preflight of a database that was asked.
   *
   * @param migration who will migrate the database, with which settings
   * @param others tables in the schema that the migration tool did not make for itself
   * @param writes whether a migration could write
   */
  public static Preflight of(
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
              + ", which this version does not accept");
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
    return go(withNote(status, writes), assessment, pending);
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
                "once the pending are applied, these versions cannot restart: "
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

  /** What the status does not say itself goes into its notes, for readers of the JSON. */
  private static Preflight noGo(
      MigrationStatus status, int exitCode, String reason, String action) {
    return new Preflight(
        status.withNote(reason + "; " + action),
        false,
        exitCode,
        reason,
        List.of(action),
        List.of(),
        null,
        null,
        List.of(),
        null);
  }

  private static Preflight noGo(MigrationStatus status, int exitCode, String reason) {
    return new Preflight(status, false, exitCode, reason, List.of());
  }

  /** The same with the way back, or with more of it, as who has the migrations knows it. */
  public Preflight withRollback(@Nullable Rollback rollback) {
    return new Preflight(
        status, go, exitCode, reason, actions, cannotRestart, running, safeUpTo, notSeen, rollback);
  }

  /** The same beside what is connected to the database, with the way back. */
  public Preflight beside(
      ConnectedVersions fleet, @Nullable String application, Assessment assessment) {
    RunningConnections seen = RunningConnections.of(fleet, application, assessment);
    return new Preflight(
        status,
        go,
        exitCode,
        reason,
        actions,
        cannotRestart,
        seen.versions(),
        seen.safeUpTo(),
        seen.notSeen(),
        RollbackPlan.of(assessment, status.migrationLock() != null).orElse(null));
  }

  /** The status as JSON, with what else this tells behind it. */
  public String toJson() {
    JsonObject json =
        status.json().put("recommendation", go ? "go" : "no-go").put("exit_code", exitCode);
    if (running == null) {
      json.put("running", (String) null);
    } else {
      List<Consumer<JsonObject>> versions = new ArrayList<>(running.size());
      for (RunningVersion version : running) {
        versions.add(version::write);
      }
      json.putObjects("running", versions);
    }
    return json.put("safe_up_to", safeUpTo)
        .put("not_seen", notSeen)
        .putObject("rollback", rollback == null ? null : new RollbackJson(rollback)::write)
        .toString();
  }
}
