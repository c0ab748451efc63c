// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ChainHistory;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.MovedChangeset;
import dev.schemaguard.assessment.MovedChangesets;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.PathPatterns;
import dev.schemaguard.assessment.ProjectedHistory;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.preflight.Rollback.Undo;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans the smallest rollback of a tool after which no revision that is ahead prevents a version
 * from starting. Pure.
 */
public final class RollbackPlan {

  private final Assessment assessment;
  private final Assessor assessor;
  private final ComparisonResult comparison;
  private final History history;
  private final HistoryPlace place;
  private final @Nullable RevisionLookup lines;

  private RollbackPlan(Assessment assessment, History history) {
    this.assessment = assessment;
    this.assessor = assessment.assessor();
    this.comparison = assessment.comparison();
    this.history = history;
    this.place = history.place();
    ResolvedRow row = assessor.resolved();
    this.lines =
        row == null
            ? null
            : new RevisionLookup(
                row.chain(), new ChainHistory(row.chain(), history, assessor.paths()));
  }

  /**
   * Returns the rollback for this version if the database is ahead of it: what has to be undone, if
   * anything, before the version can start. Empty if nothing is ahead.
   *
   * @param locked whether a migration lock is held
   */
  public static Optional<Rollback> of(Assessment assessment, boolean locked) {
    return !assessment.comparison().ahead().isEmpty()
            && assessment.reading() instanceof History read
        ? Optional.of(new RollbackPlan(assessment, read).rollback(locked))
        : Optional.empty();
  }

  private Rollback rollback(boolean locked) {
    if (assessment.isCompatible()) {
      return Rollback.ofNothing(
          true,
          locked ? List.of("a migration lock is held, so what is applied may change") : List.of());
    }
    if (!comparison.failed().isEmpty()) {
      return without(NameList.of(comparison.failed()) + " failed; put that right first");
    }
    if (locked) {
      return without("a migration lock is held, so what is applied may change; ask again");
    }
    List<AheadRevision> refused =
        comparison.ahead().stream().filter(each -> !assessor.admits(each)).toList();
    if (refused.isEmpty()) {
      return Rollback.ofNothing(
          false, List.of("nothing that is ahead has to be undone; " + missing()));
    }
    MovedChangesets moved = comparison.moved();
    List<AheadRevision> newer =
        refused.stream().filter(each -> !moved.contains(each.entry())).toList();
    if (newer.isEmpty()) {
      return without(moved.why() + ", and undoing that would undo what this version needs");
    }
    UndoStrategy strategy = new UndoChoice(assessment, history, lines).from(newer);
    if (moved.pairs().stream().anyMatch(pair -> undoes(strategy, pair))) {
      return without(
          moved.why()
              + ", and would be undone with "
              + newer.get(0).name()
              + "; correct that first");
    }
    return strategy.undone().isEmpty()
        ? Rollback.ofNothing(false, strategy.notes())
        : planned(strategy);
  }

  private static boolean undoes(UndoStrategy strategy, MovedChangeset pair) {
    return strategy.undone().stream().anyMatch(each -> each.name().equals(pair.entry().name()));
  }

  private static Rollback without(String why) {
    return Rollback.ofNothing(false, UndoStrategy.none(why).notes());
  }

  private Rollback planned(UndoStrategy strategy) {
    List<String> names = UndoStrategy.names(strategy.undone());
    List<String> notes = new ArrayList<>(strategy.notes());
    List<String> required = new ArrayList<>();
    if (lines == null) {
      required.addAll(names);
      required.removeAll(comparison.aheadNames());
    } else {
      addLost(strategy, lines, required, notes);
    }
    if (!comparison.missing().isEmpty()) {
      notes.add(missing());
    }
    String version = assessor.target().version();
    notes.add(
        "only the artifact that brought "
            + (names.size() == 1 ? "it" : "them")
            + " can undo "
            + (names.size() == 1 ? "it" : "them")
            + "; that of "
            + (version == null ? "this version" : version)
            + " holds no such migration");
    return new Rollback(
        false,
        strategy.undone().stream().map(each -> Undo.unread(each.shown(), each.name())).toList(),
        required,
        strategy.commands(),
        notes);
  }

  /**
   * Adds the revisions that this version requires or expects and that are undone with the others.
   */
  private void addLost(
      UndoStrategy strategy, RevisionLookup known, List<String> required, List<String> notes) {
    ResolvedRow row = Objects.requireNonNull(assessor.resolved());
    BitSet left = (BitSet) known.placed().applied().clone();
    strategy.undone().stream().filter(each -> each.line() >= 0).forEach(e -> left.clear(e.line()));
    ChainHistory after =
        new ChainHistory(
            row.chain(), ProjectedHistory.of(place, row.chain(), left), PathPatterns.ALL);
    List<String> expected = names(strategy, after.missing(row.upToExpected(), row.upToExpected()));
    required.addAll(names(strategy, after.missing(row.upToMin(), row.upToExpected())));
    expected.removeAll(required);
    if (!expected.isEmpty()) {
      notes.add(
          "this version expects "
              + NameList.of(expected)
              + " as well, and runs without: its own migrations apply that again");
    }
  }

  /** Returns the names of the undone revisions among {@code positions}, oldest first. */
  private static List<String> names(UndoStrategy strategy, BitSet positions) {
    List<String> names = new ArrayList<>();
    for (Undone each : strategy.undone()) {
      if (each.line() >= 0 && positions.get(each.line())) {
        names.add(0, each.shown());
      }
    }
    return names;
  }

  private String missing() {
    return NameList.are(comparison.missing())
        + " missing, and this version's own migrations apply "
        + (comparison.missing().size() == 1 ? "it" : "them");
  }
}
