// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StatusContext;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains a database without a history of this application. */
final class UninitializedExplanation {

  private static final int MOST_TABLES = 3;
  private static final String RECORDED_NOTHING =
      "recorded nothing here: compare its database, schema and table names with the guard's";

  private final StatusContext context;
  private final HistoryResult reading;
  private final MigrateAdvice migrate;
  private final ToolAdvice tool;
  private final LockAdvice lock;
  private final @Nullable UndoneExplanation undone;

  /**
   * Creates an explanation.
   *
   * @param undone the advice if the same guard has found the schema compatible before; else null
   */
  UninitializedExplanation(
      StatusContext context,
      HistoryResult reading,
      MigrateAdvice migrate,
      @Nullable UndoneExplanation undone) {
    this.context = context;
    this.reading = reading;
    this.migrate = migrate;
    this.tool = migrate.tool();
    this.lock = migrate.lock();
    this.undone = undone;
  }

  Explanation explanation() {
    List<String> actions = actions();
    return reading instanceof History history ? emptyHistory(history, actions) : noHistory(actions);
  }

  private List<String> actions() {
    if (undone != null) {
      return undone.lost();
    }
    return hasOtherTables() ? notEmptyActions() : migrate.actions(RECORDED_NOTHING);
  }

  private Explanation emptyHistory(History history, List<String> actions) {
    int others = history.entries().size();
    if (others > 0) {
      actions.add("check Paths: in the matrix, which leaves out all that is recorded here");
    }
    if (others == 0 && rowsWhere() != null) {
      actions.add("check the setting rows-where, which leaves out all other rows of the table");
    }
    addOtherDatabase(actions);
    return new Explanation(
        "GUARD-UNINITIALIZED-EMPTY",
        "The history holds nothing of this application",
        others == 0
            ? nothing() + otherTables() + migrate.takesNoWrites()
            : "all entries of " + table() + " (" + others + ") lie outside Paths:",
        actions);
  }

  private Explanation noHistory(List<String> actions) {
    addOtherDatabase(actions);
    return new Explanation(
        "GUARD-UNINITIALIZED",
        titleOfNoHistory(),
        "there is no "
            + table()
            + reading.place().inSchema()
            + otherTables()
            + migrate.takesNoWrites(),
        actions);
  }

  private String titleOfNoHistory() {
    if (undone != null) {
      return "The history of migrations is gone";
    }
    return hasOtherTables()
        ? "The database has tables but no history of migrations"
        : "The database was never migrated";
  }

  private void addOtherDatabase(List<String> actions) {
    if (!hasOtherTables() && undone == null) {
      actions.add(
          "if it should be migrated already, this is the wrong database or schema: check both");
    }
  }

  private boolean hasOtherTables() {
    return !context.otherTables().isEmpty();
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
    List<String> others = context.otherTables();
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
    if (context.migration().byApplication()) {
      actions.add(OwnMigratorAdvice.of(context.migration(), tool, RECORDED_NOTHING));
    }
    actions.add(
        "if the history was lost, restore "
            + table()
            + " from a backup, or find out which migrations these tables have and "
            + tool.adopt());
    actions.add("if these tables are another application's, " + tool.migrate() + " beside them");
    return actions;
  }

  private String table() {
    return reading.place().table();
  }
}
