// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.text.VisibleText;
import java.util.List;
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
 * @param connected the versions that are connected now, and what the pending revisions mean for
 *     them
 * @param rollback the rollback to this version, if the database is ahead of it; null if nothing is
 *     ahead or that is unknown, and for tenants
 * @param requires what the matrix requires before the pending revisions are applied, and whether it
 *     holds; empty if something else is against the migration
 */
public record Preflight(
    MigrationStatus status,
    boolean go,
    int exitCode,
    String reason,
    List<String> actions,
    List<String> cannotRestart,
    Connected connected,
    @Nullable Rollback rollback,
    List<Requirement> requires) {

  static final int HARMS_RUNNING = 11;

  /** How to migrate without harm to any connected version. */
  public enum Decision {
    /** Migrate, then replace the running instances one by one. */
    ROLLING,
    /** Migrate up to a revision, replace the running instances, then migrate the rest. */
    STAGED,
    /** Stop the running instances first. */
    RECREATE
  }

  /**
   * The versions that are connected during a migration.
   *
   * @param versions the versions of this application that are connected now; null if the
   *     connections were not read or could not be seen
   * @param safeUpTo the last pending revision that all of them tolerate; null if there is none, if
   *     no version is connected, or if not all connections could be seen
   * @param notSeen what else may be connected and is unknown, in sentences
   * @param decision how to apply what is pending; null if that cannot be judged
   * @param obstacle why not all of it may be applied now, in one sentence; null exactly if all may
   */
  public record Connected(
      @Nullable List<RunningVersion> versions,
      @Nullable String safeUpTo,
      List<String> notSeen,
      @Nullable Decision decision,
      @Nullable String obstacle) {

    /** The connections were not read. */
    public static final Connected NOT_READ =
        new Connected(null, null, List.of(), null, "the connected versions were not read");

    /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
    public Connected {
      versions = versions == null ? null : List.copyOf(versions);
      safeUpTo = VisibleText.ofNullable(safeUpTo);
      notSeen = VisibleText.all(notSeen);
      obstacle = VisibleText.ofNullable(obstacle);
    }

    /** Returns the first pending revision that has to wait; null if none has, or it is unknown. */
    public @Nullable String stopsAt() {
      String first = null;
      int tolerated = Integer.MAX_VALUE;
      for (RunningVersion version : versions == null ? List.<RunningVersion>of() : versions) {
        UpgradeTolerance tolerance = version.tolerance();
        if (tolerance != null
            && tolerance.stopsAt().isPresent()
            && tolerance.tolerated().size() < tolerated) {
          first = tolerance.stopsAt().get();
          tolerated = tolerance.tolerated().size();
        }
      }
      return first;
    }
  }

  /** Copies the lists, and makes every text {@linkplain VisibleText visible}. */
  public Preflight {
    reason = VisibleText.of(reason);
    actions = VisibleText.all(actions);
    cannotRestart = VisibleText.all(cannotRestart);
    requires = List.copyOf(requires);
  }

  /**
   * What must hold before a pending revision is applied.
   *
   * @param revision the revision
   * @param text what must hold, as the matrix says it
   * @param sql the query that was asked
   * @param holds whether it holds; null if it was not judged, because the database is new
   * @param reason why it does not hold or was not judged, in one sentence; empty if it holds
   */
  public record Requirement(
      String revision, String text, String sql, @Nullable Boolean holds, String reason) {

    /** Makes every text {@linkplain VisibleText visible}. */
    public Requirement {
      revision = VisibleText.of(revision);
      text = VisibleText.of(text);
      sql = VisibleText.of(sql);
      reason = VisibleText.of(reason);
    }

    /** Returns whether the revision has to wait for it. */
    public boolean isUnmet() {
      return Boolean.FALSE.equals(holds);
    }

    /** Returns the same requirement, whose reason names a tenant. */
    public Requirement in(String tenant) {
      return new Requirement(
          revision, text, sql, holds, reason.isEmpty() ? "" : tenant + ": " + reason);
    }
  }

  /** Creates a preflight without connected versions and without a rollback. */
  public Preflight(
      MigrationStatus status, boolean go, int exitCode, String reason, List<String> cannotRestart) {
    this(status, go, exitCode, reason, List.of(), cannotRestart, Connected.NOT_READ, null);
  }

  /** Creates a preflight without requirements. */
  public Preflight(
      MigrationStatus status,
      boolean go,
      int exitCode,
      String reason,
      List<String> actions,
      List<String> cannotRestart,
      Connected connected,
      @Nullable Rollback rollback) {
    this(status, go, exitCode, reason, actions, cannotRestart, connected, rollback, List.of());
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
        status, go, exitCode, reason, actions, cannotRestart, connected, rollback, requires);
  }

  /**
   * Returns the same preflight with these requirements. If it is a go and one of them does not
   * hold, the result is a no-go (11).
   */
  public Preflight requiring(List<Requirement> requirements) {
    return new Requirements(requirements).over(this);
  }

  /**
   * Returns the first pending revision that has to wait: for a version that is connected, or for
   * what it requires; null if none has, or it is unknown.
   */
  public @Nullable String stopsAt() {
    return new Requirements(requires).stopsAt(connected.stopsAt(), status.pendingRevisions());
  }

  /** Returns how to apply what is pending; null if that cannot be judged. */
  public @Nullable Decision decision() {
    return new Requirements(requires).decision(connected.decision());
  }

  /**
   * Returns the same preflight, as a no-go (11) if something is pending that harms a connected
   * version, or if that cannot be judged. Versions that are not connected at this moment are not
   * considered.
   */
  public Preflight respectingRunning() {
    String obstacle = connected.obstacle();
    if (!go || obstacle == null || isNothingPending()) {
      return this;
    }
    return new Preflight(
        status.withNote(obstacle),
        false,
        HARMS_RUNNING,
        obstacle,
        List.of(wayRound()),
        cannotRestart,
        connected,
        rollback,
        requires);
  }

  /** Returns whether nothing is pending, for none of the tenants either. */
  private boolean isNothingPending() {
    return status.tenants() == null && status.pendingRevisions().isEmpty();
  }

  private String wayRound() {
    Decision decision = connected.decision();
    if (decision == null) {
      return "find out what is connected (the command fleet), and migrate once every version of it"
          + " survives what is pending; or leave out --respect-running";
    }
    return decision == Decision.RECREATE
        ? "stop these instances, migrate, then start this version"
        : connected.safeUpTo() == null
            ? "start this version now, stop the other instances once it runs, then migrate"
            : "migrate up to "
                + connected.safeUpTo()
                + " only, replace these instances by this version, then migrate the rest";
  }

  /** Returns the versions of this application that are connected; see {@link Connected}. */
  public @Nullable List<RunningVersion> running() {
    return connected.versions();
  }

  /** Returns the last pending revision that all of them tolerate; see {@link Connected}. */
  public @Nullable String safeUpTo() {
    return connected.safeUpTo();
  }

  /** Returns what else may be connected and is unknown; see {@link Connected}. */
  public List<String> notSeen() {
    return connected.notSeen();
  }

  /** Returns the status as JSON, followed by the keys of the preflight. */
  public String toJson() {
    return new PreflightJson(this).text();
  }
}
