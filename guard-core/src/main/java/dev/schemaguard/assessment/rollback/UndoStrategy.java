// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.preflight.Rollback;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a tool undoes to be rid of some revisions: these, and whatever it has to undo on the way.
 *
 * @param undone the revisions, newest first; none where the tool cannot do it
 * @param commands as {@link Rollback} has them
 * @param notes as {@link Rollback} has them
 */
record UndoStrategy(List<Undone> undone, List<String> commands, List<String> notes) {

  /**
   * A revision that is undone.
   *
   * @param shown its name, as it is shown
   * @param name its whole name
   * @param line its place in the chain; -1 if it has none
   */
  record Undone(String shown, String name, int line) {}

  /** Why the tool cannot do it. */
  static UndoStrategy none(String why) {
    return new UndoStrategy(List.of(), List.of(), List.of("no plan: " + why));
  }

  /** The names, as they are shown. */
  static List<String> names(Collection<Undone> undone) {
    List<String> names = new ArrayList<>(undone.size());
    undone.forEach(each -> names.add(each.shown()));
    return names;
  }
}
