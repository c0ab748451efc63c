// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryReading;
import dev.schemaguard.history.HistoryReading.History;
import dev.schemaguard.history.WriteState;
import dev.schemaguard.status.MigrationLock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Explains what is missing from a database, or was left half done in it. */
final class BehindExplanation {

  private final Findings findings;
  private final Circumstances circumstances;
  private final HistoryReading reading;
  private final ToolAdvice tool;

  BehindExplanation(Findings findings, Circumstances circumstances, HistoryReading reading) {
    this.findings = findings;
    this.circumstances = circumstances;
    this.reading = reading;
    this.tool = ToolAdvice.on(circumstances.tool());
  }

  Explanation failed() {
    List<String> failed = findings.failed();
    List<String> actions = new ArrayList<>();
    if (isLocked(false)) {
      actions.add(waitForMigration());
    }
    if (readOnly() != null) {
      actions.add(readOnly().action());
    }
    actions.add(
        "see what "
            + (failed.size() == 1 ? "it" : "each")
            + " left half done and put that right; then "
            + tool.repair().replace("%s", table()));
    if (isLocked(true)) {
      actions.add(releaseStaleLock());
    }
    actions.add("restore a backup from before it ran");
    return new Explanation(
        "GUARD-FAILED",
        "A migration failed and was not repaired",
        Explanation.namesAre(failed) + " recorded as failed in " + table() + takesNoWrites(),
        actions);
  }

  Explanation uninitialized() {
    List<String> actions =
        migrateActions(
            "recorded nothing here: compare its database, schema and table names with the guard's");
    String otherDatabase =
        "if it should be migrated already, this is the wrong database or schema: check both";
    if (reading instanceof History history) {
      int others = history.entries().size();
      if (others > 0) {
        actions.add("check Paths: in the matrix, which leaves out all that is recorded here");
      }
      if (others == 0 && rowsWhere() != null) {
        actions.add("check the setting rows-where, which leaves out all other rows of the table");
      }
      actions.add(otherDatabase);
      return new Explanation(
          "GUARD-UNINITIALIZED-EMPTY",
          "The history holds nothing of this application",
          others == 0
              ? nothing() + takesNoWrites()
              : "all entries of " + table() + " (" + others + ") lie outside Paths:",
          actions);
    }
    actions.add(otherDatabase);
    return new Explanation(
        "GUARD-UNINITIALIZED",
        "The database was never migrated",
        "there is no "
            + table()
            + (reading.place().schema() == null ? "" : " in schema " + reading.place().schema())
            + takesNoWrites(),
        actions);
  }

  private String nothing() {
    return rowsWhere() == null
        ? tool.nothing().replace("%s", table())
        : "no row of " + table() + " satisfies the setting rows-where: " + rowsWhere();
  }

  private @Nullable String rowsWhere() {
    return reading.place().rowsWhere();
  }

  Explanation behind() {
    return new Explanation(
        "GUARD-BEHIND",
        "The database is behind this version",
        Explanation.namesAre(findings.missing()) + " required and not applied" + takesNoWrites(),
        behindActions());
  }

  Explanation gap() {
    return new Explanation(
        "GUARD-BEHIND-GAP",
        "The database lacks migrations in the middle",
        Explanation.namesAre(findings.missing())
            + " required and not applied, although "
            + findings.current()
            + " is"
            + takesNoWrites(),
        gapActions());
  }

  private List<String> gapActions() {
    List<String> actions = behindActions();
    actions.addAll(tool.afterGap());
    return actions;
  }

  private List<String> behindActions() {
    List<String> actions = new ArrayList<>();
    List<String> moved = findings.moved().stream().map(MovedChangeset::revision).toList();
    if (!moved.isEmpty()) {
      actions.add(
          findings.moved().get(0).action()
              + (moved.size() == 1
                  ? ""
                  : " (the notes of the status name " + (moved.size() - 1) + " more)"));
    }
    if (!moved.isEmpty() && moved.containsAll(findings.missing())) {
      // To run the migrations, no more said, would run the moved ones again.
      actions.add("if it is another changeset, run this release's migrations on this database");
      return actions;
    }
    actions.addAll(migrateActions(tool.skipped()));
    if (!circumstances.migration().byApplication()) {
      actions.addAll(tool.afterJob());
    }
    return actions;
  }

  /** To migrate, unless that happened or happens already. */
  private List<String> migrateActions(String afterOwnMigrator) {
    List<String> actions = new ArrayList<>();
    Migration migration = circumstances.migration();
    boolean own = migration.byApplication();
    String migrate = tool.migrate();
    if (migration.hint() != null) {
      actions.add(migration.hint());
    }
    if (readOnly() != null) {
      actions.addAll(reachWritable(readOnly()));
    } else if (isLocked(true)) {
      actions.add(releaseStaleLock() + (own ? "" : "; then " + migrate));
    } else if (isLocked(false)) {
      actions.add(waitForMigration());
      actions.add(
          "if none runs any more, release the lock" + tool.release(lock()) + ", then " + migrate);
    } else if (!own) {
      actions.add(migrate + " on this database, then start again");
    }
    if (own) {
      actions.add(
          "this application's migrator ran"
              + (migration.settings() == null ? "" : " (" + migration.settings() + ")")
              + " and "
              + afterOwnMigrator);
    }
    return actions;
  }

  /** What to do where a migration cannot write, and a replica may yet receive it. */
  private List<String> reachWritable(WriteState writes) {
    boolean replica = writes.kind() == WriteState.Kind.REPLICA;
    List<String> actions = new ArrayList<>();
    if (isLocked(false)) {
      actions.add(waitForMigration());
    }
    if (replica) {
      actions.add("wait until the replica has caught up, if the primary server is migrated");
    }
    actions.add(writes.action());
    if (!circumstances.migration().byApplication()) {
      actions.add(
          replica
              ? tool.migrate() + " on the primary server, if it is not migrated"
              : "once it takes writes, " + tool.migrate() + " on this database, then start again");
    }
    return actions;
  }

  /** Why the server takes no writes; null if it does, or if that is not known. */
  private @Nullable WriteState readOnly() {
    WriteState writes = circumstances.writes();
    return writes == null || writes.takesWrites() ? null : writes;
  }

  private String takesNoWrites() {
    return readOnly() == null ? "" : "; the server takes no writes: " + readOnly().reason();
  }

  private boolean isLocked(boolean stale) {
    MigrationLock lock = circumstances.lock();
    return lock != null && lock.stale() == stale;
  }

  private String waitForMigration() {
    return "wait for the migration that seems to run: " + holder() + " has held the lock" + since();
  }

  private String releaseStaleLock() {
    return "the lock that "
        + holder()
        + " has held"
        + since()
        + " is stale: make sure that no migration runs, then release it"
        + tool.release(lock());
  }

  private String holder() {
    String holder = lock().holder();
    return holder == null ? "somebody" : holder;
  }

  private String since() {
    return lock().since() == null ? "" : " since " + lock().since() + " (" + lock().clock() + ")";
  }

  private MigrationLock lock() {
    return Objects.requireNonNull(circumstances.lock());
  }

  private String table() {
    return reading.place().table();
  }
}
