// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.LatestEntries;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.tool.FlywayTool;
import dev.schemaguard.tool.LiquibaseTool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rollback of a tool that records every revision and undoes them in the reverse order of
 * recording.
 */
final class RowUndo {

  /** What to do if the tool's commands are not known. */
  static final String OWN_COMMAND = "undo them with your tool's own command";

  private final HistoryPlace place;
  private final List<HistoryEntry> all;
  private final List<HistoryEntry> ours;
  private final List<HistoryEntry> applied;
  private final @Nullable RevisionLookup lines;

  /**
   * Creates the rollback for a history.
   *
   * @param all its entries, those of other applications included, oldest first
   * @param ours those of this application
   * @param lines null if there is no chain
   */
  RowUndo(
      HistoryPlace place,
      List<HistoryEntry> all,
      List<HistoryEntry> ours,
      @Nullable RevisionLookup lines) {
    this.place = place;
    this.all = all;
    this.ours = ours;
    this.lines = lines;
    LatestEntries<String> latest = new LatestEntries<>();
    ours.forEach(entry -> latest.add(entry.name(), entry));
    this.applied = latest.applied();
  }

  UndoStrategy from(List<AheadRevision> refused) {
    Map<Object, Integer> places = new HashMap<>();
    for (int i = 0; i < applied.size(); i++) {
      places.putIfAbsent(key(applied.get(i)), i);
    }
    int start = applied.size();
    for (AheadRevision each : refused) {
      Integer first = places.get(key(each.entry()));
      if (first == null) {
        return UndoStrategy.none(each.name() + " came with a baseline, which no tool undoes");
      }
      if (isRetired(each.entry())) {
        return UndoStrategy.none(
            each.name() + " is retired: gone from the migrations, so that no tool undoes it");
      }
      start = Math.min(start, first);
    }
    return upTo(
        place.tool().equals(FlywayTool.NAME)
            ? new FlywayUndo(place, applied).oldestUndone(start)
            : start);
  }

  /**
   * Returns a key that is equal for all entries of one revision: its line, or its name if it has
   * none.
   */
  private Object key(HistoryEntry entry) {
    int line = lines == null ? -1 : lines.line(entry);
    return line < 0 ? entry.name() : (Object) line;
  }

  private boolean isRetired(HistoryEntry entry) {
    return lines != null && lines.isRetired(entry);
  }

  private UndoStrategy upTo(int start) {
    List<Undone> undone = new ArrayList<>();
    List<String> retired = new ArrayList<>();
    for (HistoryEntry entry : applied.subList(start, applied.size())) {
      if (entry.outcome() == Outcome.BASELINE) {
        return UndoStrategy.none(
            Undone.of(lines, entry).shown() + " is a baseline, which no tool undoes");
      }
      if (isRetired(entry)) {
        retired.add(Undone.of(lines, entry).shown());
      } else {
        undone.add(Undone.of(lines, entry));
      }
    }
    Collections.reverse(undone);
    return switch (place.tool()) {
      case LiquibaseTool.NAME ->
          new LiquibaseUndo(place, all, ours, lines).from(undone, applied.get(start));
      case FlywayTool.NAME -> new FlywayUndo(place, applied).from(undone, start, retired);
      default -> new UndoStrategy(undone, List.of(), List.of(OWN_COMMAND));
    };
  }
}
