// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.status.JsonObject;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "is it safe to migrate this database and then run this version?". Immutable.
 *
 * @param status the current status of the database
 * @param go whether it is safe
 * @param exitCode 0 if it is safe, else the fixed code of the first reason against it
 * @param reason why, in one sentence
 * @param actions what to do about a no-go; empty if the status's problem says it
 * @param cannotRestart the labels of the rows whose versions cannot start after the pending
 *     revisions are applied
 * @param running the versions of this application that are connected now; null if the connections
 *     were not read or could not be seen
 * @param safeUpTo the last pending revision up to which it is safe to migrate now without harm to
 *     any running version; null if there is none, if no version is seen running, or if not all
 *     connections could be seen
 * @param notSeen what else may be running and is unknown, in sentences
 * @param rollback the rollback to this version, if the database is ahead of it; null if nothing is
 *     ahead or that is unknown, and for tenants
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

  /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
  public Preflight {
    reason = VisibleText.of(reason);
    actions = VisibleText.all(actions);
    cannotRestart = VisibleText.all(cannotRestart);
    running = running == null ? null : List.copyOf(running);
    safeUpTo = VisibleText.ofNullable(safeUpTo);
    notSeen = VisibleText.all(notSeen);
  }

  /** Creates a preflight without connected versions and without a rollback. */
  public Preflight(
      MigrationStatus status, boolean go, int exitCode, String reason, List<String> cannotRestart) {
    this(status, go, exitCode, reason, List.of(), cannotRestart, null, null, List.of(), null);
  }

  /** Returns the preflight of a database that could not be queried. */
  public static Preflight of(MigrationStatus status) {
    return new Preflight(status, false, status.verdict().exitCode(), status.summary(), List.of());
  }

  /**
   * Returns the same preflight with this rollback, which a caller that has the migrations may have
   * completed.
   */
  public Preflight withRollback(@Nullable Rollback rollback) {
    return new Preflight(
        status, go, exitCode, reason, actions, cannotRestart, running, safeUpTo, notSeen, rollback);
  }

  /** Returns the status as JSON, followed by the keys of the preflight. */
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
