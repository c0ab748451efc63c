// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Advises what to do about migrations that are missing although the same guard has found the schema
 * compatible before: they were undone, or their records were deleted.
 *
 * @param tool the advice for the users of the tool
 * @param table the history table
 * @param otherTables whether the schema holds other tables
 * @param migrationInProgress the advice to wait for a migration that appears to run; null if none
 *     does
 */
record UndoneExplanation(
    ToolAdvice tool, String table, boolean otherTables, @Nullable String migrationInProgress) {

  private static final String SINCE =
      "this instance found the schema compatible before, so this happened since";

  /** Returns the actions for when single migrations are missing. */
  List<String> missing() {
    List<String> actions = begin();
    actions.add(
        "find out what undid these migrations or deleted their rows from " + table + ": " + SINCE);
    actions.add(
        "if they were undone, "
            + tool.migrate()
            + " on this database; if only their rows are gone, restore the rows or "
            + tool.adopt());
    return actions;
  }

  /** Returns the actions for when the whole history is missing. */
  List<String> lost() {
    List<String> actions = begin();
    actions.add(
        "find out what dropped, renamed or emptied "
            + table
            + ", or whether connections now reach another database or schema: "
            + SINCE);
    actions.add(
        otherTables
            ? "restore "
                + table
                + " from a backup; run no migration before that, because the tables are still there"
            : "restore the database from a backup; if it is meant to be new, " + tool.migrate());
    return actions;
  }

  private List<String> begin() {
    List<String> actions = new ArrayList<>();
    if (migrationInProgress != null) {
      actions.add(migrationInProgress);
    }
    return actions;
  }
}
