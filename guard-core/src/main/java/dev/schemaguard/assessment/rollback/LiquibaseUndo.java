// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.tool.LiquibaseTool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rollback of Liquibase, which counts rows, and only those whose changesets are in its
 * changelog ({@code ChangeLogIterator}).
 *
 * @param all the entries of the history, those of other applications included, oldest first
 * @param ours those of this application
 * @param lines null if there is no chain
 */
record LiquibaseUndo(
    HistoryPlace place,
    List<HistoryEntry> all,
    List<HistoryEntry> ours,
    @Nullable RevisionLookup lines) {

  private static final String COUNT_AGAIN =
      "rollback-count counts from the newest row: if it fails or is stopped half-way, do not repeat"
          + " it; run preflight again, which counts anew";

  /**
   * Returns the rollback of these revisions.
   *
   * @param oldest the entry of the last of them
   */
  UndoStrategy from(List<Undone> undone, HistoryEntry oldest) {
    Set<String> counted = new HashSet<>();
    for (HistoryEntry entry : ours.subList(ours.lastIndexOf(oldest), ours.size())) {
      if (!(lines != null && lines.isRetired(entry)) && !counted.add(entry.name())) {
        String twice = Undone.of(lines, entry).shown();
        return new UndoStrategy(
            undone,
            List.of(),
            List.of(
                "no command: "
                    + twice
                    + " is recorded twice in "
                    + place.table()
                    + ", and Liquibase would undo it twice; delete the older row first"));
      }
    }
    return tagBefore(oldest)
        .map(
            tag ->
                new UndoStrategy(undone, LiquibaseTool.rollback(place, tag), List.of(tagNote(tag))))
        .orElseGet(
            () ->
                new UndoStrategy(
                    undone, LiquibaseTool.rollback(place, counted.size()), List.of(COUNT_AGAIN)));
  }

  /** Returns the tag of the last entry that stays, if no other entry has the same tag. */
  private Optional<String> tagBefore(HistoryEntry oldest) {
    int before = ours.lastIndexOf(oldest) - 1;
    String tag = before < 0 ? null : ours.get(before).tag();
    return tag == null
            || all.stream().filter(entry -> tag.equalsIgnoreCase(entry.tag())).count() > 1
        ? Optional.empty()
        : Optional.of(tag);
  }

  private static String tagNote(String tag) {
    return "if a changeset set the tag "
        + tag
        + " (tagDatabase), that one is undone too; this version's own migrations apply it again";
  }
}
