// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.GolangMigrateTool;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Determines the owner of a history by comparing its rows with the lines of the chain. */
final class OwnedRows {

  /**
   * The number of common revisions that prove an owner. One revision that two applications share,
   * such as a generated one, proves nothing.
   */
  private static final int CONCLUSIVE = 2;

  private final RevisionChain chain;
  private final History history;
  private final PathPatterns paths;
  private final ChainHistory placed;
  private final Map<String, Integer> withoutPath = new HashMap<>();
  private final BitSet known = new BitSet();
  private boolean hasRows;
  private int unknown;

  OwnedRows(RevisionChain chain, History history, PathPatterns paths) {
    this.chain = chain;
    this.history = history;
    this.paths = paths;
    this.placed = new ChainHistory(chain, history, paths);
    for (int i = 0; i < chain.size(); i++) {
      int line = i;
      chain
          .revision(i)
          .changeset()
          .ifPresent(key -> withoutPath.put(key.id() + "::" + key.author(), line));
    }
  }

  Ownership judge() {
    Numbering numbering = Tools.numbering(history.place().tool());
    for (HistoryEntry entry : history.entries()) {
      if (paths.isOurs(entry) && entry.outcome() != Outcome.SKIPPED) {
        add(entry);
      }
    }
    if (!hasRows) {
      return history.entries().isEmpty()
          ? Ownership.another("it is empty")
          : Ownership.another("no row is in Paths:");
    }
    if (numbering == GolangMigrateTool.NUMBERING) {
      return Ownership.undecided("it holds a number, which many applications have");
    }
    if (known.isEmpty()) {
      return unknown == 0
          ? Ownership.undecided("it holds a baseline only")
          : Ownership.another("none of its rows is in the chain");
    }
    return numbering != null && !hasDescriptions()
        ? Ownership.undecided(
            "its versions are in the chain, and the chain has no descriptions to compare")
        : judgeNamed();
  }

  private Ownership judgeNamed() {
    if (isNumber(history.entries())) {
      return Ownership.undecided("it holds a number, which many applications have");
    }
    if (unknown == 0) {
      return Ownership.ours("all of its rows are in the chain");
    }
    boolean conclusive = known.cardinality() >= Math.min(CONCLUSIVE, chain.size());
    return conclusive && isCompleteSoFar()
        ? Ownership.ours("it holds all of the chain up to " + placed.name(known.length() - 1))
        : Ownership.undecided(
            known.cardinality()
                + " of its "
                + (known.cardinality() + unknown)
                + " rows are in the chain");
  }

  /** Returns whether the table belongs to a tool that records one number and nothing else. */
  private static boolean isNumber(List<HistoryEntry> entries) {
    return entries.size() == 1
        && entries.get(0).outcome() == Outcome.HEAD
        && entries.get(0).name().chars().allMatch(Character::isDigit);
  }

  private void add(HistoryEntry entry) {
    hasRows = true;
    if (entry.outcome() == Outcome.BASELINE) {
      return;
    }
    int line = line(entry);
    if (line >= 0) {
      known.set(line);
    } else {
      unknown++;
    }
  }

  private int line(HistoryEntry entry) {
    int line = placed.position(entry);
    if (line >= 0) {
      boolean numbered = Tools.numbering(history.place().tool()) != null;
      return !numbered || LineDescription.of(chain.revision(line)).mayBe(entry.comment())
          ? line
          : -1;
    }
    return ChangesetKey.parse(entry.name())
        .map(key -> withoutPath.getOrDefault(key.id() + "::" + key.author(), -1))
        .orElse(-1);
  }

  private boolean hasDescriptions() {
    for (int i = known.nextSetBit(0); i >= 0; i = known.nextSetBit(i + 1)) {
      if (LineDescription.of(chain.revision(i)).isKnown()) {
        return true;
      }
    }
    return false;
  }

  private boolean isCompleteSoFar() {
    BitSet upTo = new BitSet();
    upTo.set(0, known.length());
    upTo.andNot(known);
    upTo.andNot(placed.counted());
    for (int i = upTo.nextSetBit(0); i >= 0; i = upTo.nextSetBit(i + 1)) {
      if (placed.isOfUse(i) && placed.replacement(i) < 0) {
        return false;
      }
    }
    return true;
  }
}
