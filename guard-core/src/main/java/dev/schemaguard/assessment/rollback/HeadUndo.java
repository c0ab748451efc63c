// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.ChainHistory;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.AlembicTool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rollback of Alembic, which records heads: a downgrade to a revision undoes everything that
 * descends from it, or one branch of that ({@code _collect_downgrade_revisions} in {@code
 * alembic/script/revision.py}).
 */
final class HeadUndo {

  /** How to list revisions that are not in the chain. */
  static final String ASK =
      "Ask with the matrix and the chain of the version that brought it, which name everything";

  private static final int BASE = -1;

  private final RevisionLookup lines;
  private final RevisionChain chain;
  private final ChainHistory placed;
  private final BitSet undone = new BitSet();
  private final Set<String> targets = new LinkedHashSet<>();

  HeadUndo(RevisionLookup lines) {
    this.lines = lines;
    this.chain = lines.chain();
    this.placed = lines.placed();
  }

  UndoStrategy from(List<AheadRevision> refused) {
    BitSet known = new BitSet();
    for (AheadRevision each : refused) {
      int line = lines.line(each.entry());
      if (line >= 0) {
        known.set(line);
      }
    }
    for (int line = known.nextSetBit(0); line >= 0; line = known.nextSetBit(line + 1)) {
      if (!undone.get(line)) {
        undoFrom(line);
      }
    }
    // An allowed unknown revision is undone as well, because it may build on an undone one.
    List<Undone> unknownEntries = placed.unknown().stream().map(lines::undone).toList();
    return unknownEntries.isEmpty() ? planned(List.of(), List.of()) : withStrangers(unknownEntries);
  }

  /** Undoes the line and everything that descends from it. */
  private void undoFrom(int line) {
    BitSet applied = placed.applied();
    for (int i = applied.nextSetBit(line); i >= 0; i = applied.nextSetBit(i + 1)) {
      if (chain.upTo(chain.revision(i)).get(line)) {
        undone.set(i);
      }
    }
    targets.add(target(line));
  }

  /**
   * Returns the target of the downgrade: the line's parent. If other branches begin there too, the
   * target names the branch to undo ({@code revision@target}), and the other branches stay.
   */
  private String target(int line) {
    int parent = parent(line);
    String below = parent == BASE ? "base" : chain.revision(parent).name();
    for (int i = 0; i < chain.size(); i++) {
      if (i != line && parents(i).contains(parent)) {
        return chain.revision(line).name() + "@" + below;
      }
    }
    return below;
  }

  private Set<Integer> parents(int line) {
    List<String> parents = chain.revision(line).parents();
    if (parents == null) {
      return Set.of(line - 1);
    }
    return parents.isEmpty()
        ? Set.of(BASE)
        : parents.stream().map(chain::indexOfName).collect(Collectors.toSet());
  }

  /**
   * Returns one parent of a line. Any of them will do, because a revision that merges branches is
   * undone with each of its parents.
   */
  private int parent(int line) {
    List<String> parents = chain.revision(line).parents();
    if (parents == null) {
      return line - 1;
    }
    return parents.stream().mapToInt(chain::indexOfName).max().orElse(BASE);
  }

  /**
   * Returns the rollback that includes unknown revisions. It is not known what they build on; if
   * there is no other head, they build on this chain.
   */
  private UndoStrategy withStrangers(List<Undone> unknownEntries) {
    String first = unknownEntries.get(0).shown();
    int last = chain.size() - 1;
    boolean oneHead = chain.upTo(chain.revision(last)).cardinality() == chain.size();
    if (!placed.heads().isEmpty() || (targets.isEmpty() && !oneHead)) {
      UndoStrategy listed = planned(unknownEntries, List.of());
      return new UndoStrategy(
          listed.undone(),
          List.of(),
          List.of("no command: what " + first + " builds on is not in this chain. " + ASK));
    }
    if (targets.isEmpty()) {
      targets.add(chain.revision(last).name());
    }
    return planned(
        unknownEntries,
        List.of("what lies between this chain and " + first + " goes with it. " + ASK));
  }

  private UndoStrategy planned(List<Undone> unknownEntries, List<String> notes) {
    List<Undone> newestFirst = new ArrayList<>(unknownEntries);
    for (int i = undone.length() - 1; i >= 0; i = undone.previousSetBit(i - 1)) {
      newestFirst.add(lines.undone(i));
    }
    List<String> names = List.copyOf(targets);
    List<String> heads = new ArrayList<>(placed.names(placed.heads()));
    for (HistoryEntry unknown : placed.unknown()) {
      heads.add(unknown.name());
    }
    List<String> commands = new ArrayList<>();
    if (heads.size() == 1 && names.size() == 1 && names.get(0).indexOf('@') < 0) {
      commands.add(AlembicTool.downgradeDryRun(heads.get(0), names.get(0)));
    }
    names.forEach(name -> commands.add(AlembicTool.downgrade(name)));
    return new UndoStrategy(newestFirst, commands, notes);
  }
}
