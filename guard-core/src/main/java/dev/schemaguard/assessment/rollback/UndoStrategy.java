// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.RowMatcher;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.preflight.Rollback;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tool undoes to remove some revisions: these, and whatever it has to undo along with them.
 *
 * @param undone the revisions, newest first; empty if the tool cannot undo them
 * @param commands the commands, as in {@link Rollback}
 * @param notes the notes, as in {@link Rollback}
 */
record UndoStrategy(List<Undone> undone, List<String> commands, List<String> notes) {

  /**
   * A revision that is undone.
   *
   * @param shown its display name
   * @param name its whole name
   * @param line its position in the chain; -1 if it is not in the chain
   */
  record Undone(String shown, String name, int line) {

    /**
     * Returns the revision of an entry.
     *
     * @param lines null if there is no chain
     */
    static Undone of(@Nullable RevisionLookup lines, HistoryEntry entry) {
      return lines == null
          ? new Undone(RowMatcher.shown(entry), entry.name(), -1)
          : lines.undone(entry);
    }
  }

  /** Returns a strategy that undoes nothing and says why the tool cannot do it. */
  static UndoStrategy none(String why) {
    return new UndoStrategy(List.of(), List.of(), List.of("no plan: " + why));
  }

  /** Returns the display names. */
  static List<String> names(Collection<Undone> undone) {
    List<String> names = new ArrayList<>(undone.size());
    undone.forEach(each -> names.add(each.shown()));
    return names;
  }
}
