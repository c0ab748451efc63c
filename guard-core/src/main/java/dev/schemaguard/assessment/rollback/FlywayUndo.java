// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.tool.FlywayTool;
import java.util.Collections;
import java.util.List;

/**
 * The rollback of Flyway, which undoes versions until it meets one below the target.
 *
 * @param applied the latest entries of the revisions in effect, in the order of recording
 */
record FlywayUndo(HistoryPlace place, List<HistoryEntry> applied) {

  /**
   * Returns the position of the oldest entry that is undone if that at {@code start} is. The target
   * is the lowest version to undo.
   */
  int oldestUndone(int start) {
    MigrationVersion target = lowest(applied.subList(start, applied.size()));
    int at = start;
    while (at > 0 && version(applied.get(at - 1)).compareTo(target) >= 0) {
      at--;
    }
    return at;
  }

  private static MigrationVersion version(HistoryEntry entry) {
    return MigrationVersion.parse(entry.name()).orElseThrow();
  }

  private static MigrationVersion lowest(List<HistoryEntry> entries) {
    return Collections.min(entries.stream().map(FlywayUndo::version).toList());
  }

  /**
   * Returns the rollback of these revisions.
   *
   * @param start the position of the oldest entry to undo
   * @param retired the names of retired revisions in between
   */
  UndoStrategy from(List<Undone> undone, int start, List<String> retired) {
    if (!retired.isEmpty()) {
      return new UndoStrategy(
          undone,
          List.of(),
          List.of("no command: flyway undo stops at " + retired.get(0) + ", which has no script"));
    }
    String target = lowest(applied.subList(start, applied.size())).toString();
    return new UndoStrategy(
        undone,
        FlywayTool.undo(place, target),
        List.of(
            "flyway undo is in Flyway's paid editions. Without it run the undo scripts by hand,"
                + " newest first; Flyway does not record that, so then delete their rows from "
                + place.table()
                + ", or restore a backup"));
  }
}
