// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.tool.AlembicTool;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.Tools;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Chooses how the tool undoes revisions, by what it records. */
final class UndoChoice {

  private final Assessor assessor;
  private final ComparisonResult comparison;
  private final History history;
  private final HistoryPlace place;
  private final @Nullable RevisionLookup lines;

  /**
   * Creates the choice for a history.
   *
   * @param lines null if there is no chain
   */
  UndoChoice(Assessment assessment, History history, @Nullable RevisionLookup lines) {
    this.assessor = assessment.assessor();
    this.comparison = assessment.comparison();
    this.history = history;
    this.place = history.place();
    this.lines = lines;
  }

  UndoStrategy from(List<AheadRevision> refused) {
    boolean heads = refused.stream().anyMatch(each -> each.entry().outcome() == Outcome.HEAD);
    if (!heads && Tools.holdsNewestVersion(history) && Tools.numbering(place.tool()) == null) {
      return toVersion(refused);
    }
    if (!heads && Tools.numbering(place.tool()) != GolangMigrateTool.NUMBERING) {
      List<HistoryEntry> ours =
          history.entries().stream().filter(assessor.paths()::isOurs).toList();
      return new RowUndo(place, history.entries(), ours, lines).from(refused);
    }
    if (lines == null) {
      return toExpected(refused, heads);
    }
    return heads ? new HeadUndo(lines).from(refused) : new VersionUndo(lines).from(refused);
  }

  /**
   * Returns the rollback for a table that holds the newest version only: it undoes everything from
   * the first refused revision on.
   */
  private UndoStrategy toVersion(List<AheadRevision> refused) {
    List<AheadRevision> ahead = comparison.ahead();
    List<Undone> undone = new ArrayList<>();
    for (AheadRevision each : ahead.subList(ahead.indexOf(refused.get(0)), ahead.size())) {
      undone.add(
          0,
          lines == null
              ? new Undone(each.name(), each.entry().name(), -1)
              : lines.undone(each.entry()));
    }
    return new UndoStrategy(undone, List.of(), List.of(RowUndo.OWN_COMMAND));
  }

  /**
   * Returns the rollback to the expected revision if there is no chain. It is unknown what else is
   * undone with it, but both tools accept a target revision.
   */
  private UndoStrategy toExpected(List<AheadRevision> refused, boolean heads) {
    String expected = Objects.requireNonNull(assessor.row()).expected();
    List<Undone> undone =
        refused.stream().map(each -> new Undone(each.name(), each.entry().name(), -1)).toList();
    String command =
        heads
            ? AlembicTool.downgrade(expected)
            : GolangMigrateTool.goTo(
                GolangMigrateTool.NUMBERING.parse(expected).map(Object::toString).orElse(expected));
    return new UndoStrategy(
        undone,
        List.of(command),
        List.of(
            "no chain is bundled, so it is unknown what else beyond "
                + expected
                + " is undone with them"));
  }
}
