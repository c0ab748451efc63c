// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.LatestEntries;
import dev.schemaguard.assessment.RowMatcher;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.tool.FlywayTool;
import dev.schemaguard.tool.LiquibaseTool;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rollback of a tool that records every revision and undoes them in the reverse order of
 * recording.
 */
final class RowUndo {

  /** What to do if the tool's commands are not known. */
  static final String OWN_COMMAND = "undo them with your tool's own command";

  private static final String COUNT_AGAIN =
      "rollback-count counts from the newest row: if it fails or is stopped half-way, do not repeat"
          + " it; run preflight again, which counts anew";

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
    return upTo(place.tool().equals(FlywayTool.NAME) ? whereFlywayStops(start) : start);
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

  /**
   * Returns the position of the oldest entry that Flyway undoes. Flyway continues until it meets a
   * version below the target, which is the lowest version to undo.
   */
  private int whereFlywayStops(int start) {
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
    return Collections.min(entries.stream().map(RowUndo::version).toList());
  }

  private UndoStrategy upTo(int start) {
    List<Undone> undone = new ArrayList<>();
    List<String> retired = new ArrayList<>();
    for (HistoryEntry entry : applied.subList(start, applied.size())) {
      if (entry.outcome() == Outcome.BASELINE) {
        return UndoStrategy.none(undone(entry).shown() + " is a baseline, which no tool undoes");
      }
      if (isRetired(entry)) {
        retired.add(undone(entry).shown());
      } else {
        undone.add(undone(entry));
      }
    }
    Collections.reverse(undone);
    return switch (place.tool()) {
      case LiquibaseTool.NAME -> ofLiquibase(undone, applied.get(start));
      case FlywayTool.NAME -> ofFlyway(undone, start, retired);
      default -> new UndoStrategy(undone, List.of(), List.of(OWN_COMMAND));
    };
  }

  private Undone undone(HistoryEntry entry) {
    return lines == null
        ? new Undone(RowMatcher.shown(entry), entry.name(), -1)
        : lines.undone(entry);
  }

  /**
   * Returns the rollback of Liquibase, which counts rows, and only those whose changesets are in
   * its changelog ({@code ChangeLogIterator}).
   */
  private UndoStrategy ofLiquibase(List<Undone> undone, HistoryEntry oldest) {
    Set<String> counted = new HashSet<>();
    for (HistoryEntry entry : ours.subList(ours.lastIndexOf(oldest), ours.size())) {
      if (!isRetired(entry) && !counted.add(entry.name())) {
        String twice = undone(entry).shown();
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
        .map(tag -> new UndoStrategy(undone, LiquibaseTool.rollback(place, tag), List.of(tagNote(tag))))
        .orElseGet(
            () ->
                new UndoStrategy(undone, LiquibaseTool.rollback(place, counted.size()), List.of(COUNT_AGAIN)));
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

  private UndoStrategy ofFlyway(List<Undone> undone, int start, List<String> retired) {
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
