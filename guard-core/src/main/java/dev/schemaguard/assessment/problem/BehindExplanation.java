// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.MovedChangesets;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.assessment.UnknownStart;
import dev.schemaguard.dialect.WriteState;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains what is missing from a database, or what was left half-migrated in it. */
final class BehindExplanation {

  private static final int MOST_TABLES = 3;
  private static final String RECORDED_NOTHING =
      "recorded nothing here: compare its database, schema and table names with the guard's";

  private final Assessment assessment;
  private final ComparisonResult findings;
  private final StatusContext circumstances;
  private final HistoryResult reading;
  private final ToolAdvice tool;
  private final LockAdvice lock;
  private final boolean undone;

  /**
   * Creates an explanation.
   *
   * @param undone whether the same guard has found the schema compatible before
   */
  BehindExplanation(
      Assessment assessment, StatusContext circumstances, HistoryResult reading, boolean undone) {
    this.undone = undone;
    this.assessment = assessment;
    this.findings = assessment.findings();
    this.circumstances = circumstances;
    this.reading = reading;
    this.tool = ToolAdvice.on(circumstances.tool());
    this.lock = new LockAdvice(circumstances.lock(), tool);
  }

  Explanation failed() {
    return new FailedExplanation(
            assessment, (History) reading, tool, lock, Optional.ofNullable(readOnly()))
        .explanation();
  }

  Explanation uninitialized() {
    List<String> actions =
        undone
            ? undone().lost()
            : circumstances.otherTables().isEmpty()
                ? migrateActions(RECORDED_NOTHING)
                : notEmptyActions();
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
      if (circumstances.otherTables().isEmpty() && !undone) {
        actions.add(otherDatabase);
      }
      return new Explanation(
          "GUARD-UNINITIALIZED-EMPTY",
          "The history holds nothing of this application",
          others == 0
              ? nothing() + otherTables() + takesNoWrites()
              : "all entries of " + table() + " (" + others + ") lie outside Paths:",
          actions);
    }
    if (circumstances.otherTables().isEmpty() && !undone) {
      actions.add(otherDatabase);
    }
    return new Explanation(
        "GUARD-UNINITIALIZED",
        undone
            ? "The history of migrations is gone"
            : circumstances.otherTables().isEmpty()
                ? "The database was never migrated"
                : "The database has tables but no history of migrations",
        "there is no "
            + table()
            + (reading.place().schema() == null ? "" : " in schema " + reading.place().schema())
            + otherTables()
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

  private String otherTables() {
    List<String> others = circumstances.otherTables();
    return others.isEmpty()
        ? ""
        : "; the schema is not empty: it has " + NameList.of(others, MOST_TABLES);
  }

  /**
   * Returns the actions for a schema that has tables but no history. Migrations that create the
   * tables again would fail, or begin a second history beside a lost one.
   */
  private List<String> notEmptyActions() {
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    } else if (lock.isStale()) {
      actions.add(lock.releaseStale());
    }
    actions.add(
        "run no migration here: this is not an empty database; check that database, schema and the"
            + " table's name are the right ones");
    if (circumstances.migration().byApplication()) {
      actions.add(OwnMigratorAdvice.of(circumstances.migration(), tool, RECORDED_NOTHING));
    }
    actions.add(
        "if the history was lost, restore "
            + table()
            + " from a backup, or find out which migrations these tables have and "
            + tool.adopt());
    actions.add("if these tables are another application's, " + tool.migrate() + " beside them");
    return actions;
  }

  Explanation behind() {
    return new Explanation(
        "GUARD-BEHIND",
        "The database is behind this version",
        NameList.are(findings.missing())
            + " required and not applied"
            + unknownStart()
            + otherChangelogFile()
            + takesNoWrites(),
        behindActions());
  }

  Explanation gap() {
    return new Explanation(
        "GUARD-BEHIND-GAP",
        "The database lacks migrations in the middle",
        NameList.are(findings.missing())
            + " required and not applied, although "
            + findings.current()
            + " is"
            + unknownStart()
            + otherChangelogFile()
            + takesNoWrites(),
        gapActions());
  }

  private String unknownStart() {
    return assessment.unknownStart().map(unknown -> "; " + unknown.reason()).orElse("");
  }

  private String otherChangelogFile() {
    return findings.moved().isOtherChangelogFile() ? "; " + findings.moved().why() : "";
  }

  private List<String> gapActions() {
    List<String> actions = behindActions();
    if (!undone) {
      actions.addAll(tool.afterGap());
    }
    return actions;
  }

  private List<String> behindActions() {
    List<String> actions = new ArrayList<>();
    if (!findings.moved().pairs().isEmpty()) {
      return movedActions();
    }
    Optional<UnknownStart> unknown = assessment.unknownStart();
    if (unknown.isPresent()) {
      return unknownStartActions(unknown.get());
    }
    if (undone) {
      return undone().missing();
    }
    actions.addAll(migrateActions(tool.skipped()));
    if (!circumstances.migration().byApplication()) {
      actions.addAll(tool.afterJob());
    }
    return actions;
  }

  /**
   * Returns the actions for a history with revisions that are not among this version's migrations,
   * because the tool would fail with these.
   */
  private List<String> unknownStartActions(UnknownStart unknown) {
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    actions.add(unknown.action());
    actions.add(unknown.undo(tool));
    return actions;
  }

  /**
   * Returns the actions for moved changesets. Advice to run the migrations that does not mention
   * the pairs would run those changesets again.
   */
  private List<String> movedActions() {
    MovedChangesets moved = findings.moved();
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
    }
    actions.addAll(moved.actions());
    if (!moved.covers(findings.missing())) {
      actions.add("only then " + tool.migrate() + " on this database");
    } else if (!moved.isOtherChangelogFile()) {
      actions.add("if it is another changeset, " + tool.migrate() + " on this database");
    }
    return actions;
  }

  /** Returns the actions to migrate, unless a migration has run or is running already. */
  private List<String> migrateActions(String afterOwnMigrator) {
    List<String> actions = new ArrayList<>();
    MigrationOwner migration = circumstances.migration();
    boolean own = migration.byApplication();
    String migrate = tool.migrate();
    if (migration.hint() != null) {
      actions.add(migration.hint());
    }
    if (readOnly() != null) {
      actions.addAll(reachWritable(readOnly()));
    } else if (lock.isStale()) {
      actions.add(lock.releaseStale() + (own ? "" : "; then " + migrate));
    } else if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
      actions.add(lock.releaseAfterwards() + ", then " + migrate);
    } else if (!own) {
      actions.add(migrate + " on this database, then start again");
    }
    if (own) {
      actions.add(OwnMigratorAdvice.of(migration, tool, afterOwnMigrator));
    }
    return actions;
  }

  /**
   * Returns the actions for a server on which a migration cannot write, and for a replica that may
   * still receive the migration.
   */
  private List<String> reachWritable(WriteState writes) {
    boolean replica = writes.limit() == WriteState.Limit.REPLICA;
    List<String> actions = new ArrayList<>();
    if (lock.isHeld()) {
      actions.add(lock.waitForMigration());
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

  /** Returns why the server accepts no writes; null if it does, or if that is not known. */
  private @Nullable WriteState readOnly() {
    WriteState writes = circumstances.writes();
    return writes == null || writes.takesWrites() ? null : writes;
  }

  private String takesNoWrites() {
    return readOnly() == null ? "" : "; the server takes no writes: " + readOnly().reason();
  }

  private UndoneExplanation undone() {
    return new UndoneExplanation(
        tool,
        table(),
        !circumstances.otherTables().isEmpty(),
        lock.isHeld() ? lock.waitForMigration() : null);
  }

  private String table() {
    return reading.place().table();
  }
}
