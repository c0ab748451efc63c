// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.status.MigrationStatus.Stale;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a status that are safe to publish. A text is kept only if it is known to consist of
 * names of revisions, versions and this library's own words. Any text that may contain output of a
 * driver, a catalog, a path or a setting is replaced as a whole, because it is easy to miss
 * something when cutting parts out of a sentence.
 */
final class RedactedStatus {

  private static final String HIDDEN =
      "details are hidden here: see the application's log, or the command line's status";

  private static final String LACKS = "the schema lacks what this version needs";

  private static final int NAMES = 5;

  private final MigrationStatus status;

  RedactedStatus(MigrationStatus status) {
    this.status = status;
  }

  /** Returns the status to publish; for several tenants, with the redacted status of each. */
  MigrationStatus status() {
    TenantsStatus tenants = status.tenants();
    MigrationStatus alone = alone();
    if (tenants == null) {
      return alone;
    }
    TenantsStatus others = tenants.redacted();
    // If the tenants could not be listed, or all are up to date, there is no worst tenant.
    MigrationStatus first = others.worst().isEmpty() ? alone : others.worst().get(0).status();
    return others.over(first, status.checkedAt(), status.duration()).stale(stale());
  }

  /** Returns the redacted status itself. It has no notes: they name schemas, tables and paths. */
  private MigrationStatus alone() {
    return status.toBuilder()
        .database(null)
        .error(error())
        .summary(summary())
        .migrationLock(lock())
        .problem(problem())
        .notes(List.of())
        .stale(stale())
        .structure(structure())
        .build();
  }

  private @Nullable MigrationLock lock() {
    MigrationLock lock = status.migrationLock();
    return lock == null
        ? null
        : new MigrationLock(
            null, lock.since(), lock.clock(), lock.age(), lock.stale(), lock.endsWithSession());
  }

  /** Returns the result without the names of tables and columns. */
  private MigrationStatus.@Nullable Structure structure() {
    MigrationStatus.Structure structure = status.structure();
    return structure == null ? null : MigrationStatus.Structure.of(structure.result());
  }

  private @Nullable Stale stale() {
    Stale stale = status.stale();
    return stale == null ? null : new Stale(stale.since(), "no answer; " + HIDDEN);
  }

  private @Nullable String error() {
    Problem problem = status.problem();
    return status.error() == null
        ? null
        : ErrorText.of(problem == null ? HIDDEN : problem.title() + "; " + why(problem));
  }

  private String summary() {
    String error = error();
    return error == null ? status.summary() : "ERROR: " + error;
  }

  private @Nullable Problem problem() {
    Problem problem = status.problem();
    return problem == null
        ? null
        : new Problem(
            problem.code(),
            problem.title(),
            null,
            problem.found(),
            problem.expected(),
            why(problem),
            actions(problem));
  }

  private String why(Problem problem) {
    return switch (status.verdict()) {
      case UNREACHABLE, UNREADABLE, UNKNOWN_VERSION -> HIDDEN;
      case UNINITIALIZED -> "no migration of this application is recorded there";
      case FAILED -> "recorded as failed: " + names(status.failedRevisions());
      // Paths of files, settings of the server, and the comment of a migration may contain
      // anything.
      case BEHIND -> "not applied: " + names(status.pendingRevisions());
      case AHEAD_UNKNOWN ->
          problem.code().equals("GUARD-AHEAD-MARKER")
              ? HIDDEN
              : "this version cannot judge " + names(status.aheadRevisions());
      case DRIFTED -> LACKS;
      case AHEAD_INCOMPATIBLE ->
          isByStructure(problem)
              ? "this version cannot judge " + names(status.aheadRevisions()) + ", and " + LACKS
              : problem.why();
      case AHEAD_COMPATIBLE, BEHIND_COMPATIBLE, UP_TO_DATE -> problem.why();
    };
  }

  private static boolean isByStructure(Problem problem) {
    return problem.code().equals("GUARD-AHEAD-STRUCTURE");
  }

  private List<String> actions(Problem problem) {
    return switch (status.verdict()) {
      case UNREACHABLE, AHEAD_COMPATIBLE, BEHIND_COMPATIBLE, UP_TO_DATE -> problem.actions();
      case AHEAD_INCOMPATIBLE ->
          isByStructure(problem)
              ? List.of("deploy the version that brought them, or read the application's log")
              : problem.actions();
      case DRIFTED ->
          List.of("read the application's log: it names what is missing, and how to repair it");
      case AHEAD_UNKNOWN ->
          List.of("deploy the version that brought them, or read the application's log");
      case UNREADABLE -> List.of("find the remedy in the application's log, which names it");
      case UNKNOWN_VERSION ->
          List.of("add a row for this version to the matrix, or correct the application version");
      case FAILED ->
          afterLock("see what it left half done and put that right; then have it run again");
      case UNINITIALIZED, BEHIND ->
          afterLock(
              "read the application's log: it says whether to run this release's migrations on this"
                  + " database, or what to compare first");
    };
  }

  private List<String> afterLock(String action) {
    List<String> actions = new ArrayList<>();
    MigrationLock lock = status.migrationLock();
    if (lock != null) {
      actions.add(
          lock.stale()
              ? "a stale lock is held: make sure that no migration runs, then release it"
              : "wait for the migration that seems to run: its lock is held");
    }
    actions.add(action);
    return actions;
  }

  private static String names(List<String> names) {
    return names.size() <= NAMES
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, NAMES)) + " and " + (names.size() - NAMES) + " more";
  }
}
