// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of a chain that were squashed into others, for a database of one product.
 *
 * @param dbms Liquibase's short name of the database's product
 */
record SquashedLines(RevisionChain chain, String dbms) {

  /** Returns these lines, and those for which all the lines that they replace are among them. */
  BitSet withReplacements(BitSet applied) {
    Map<Integer, List<Integer>> replaced = replacedByTarget();
    BitSet all = (BitSet) applied.clone();
    boolean changed = !replaced.isEmpty();
    while (changed) {
      changed = false;
      for (Map.Entry<Integer, List<Integer>> squash : replaced.entrySet()) {
        if (!all.get(squash.getKey()) && areIn(all, squash.getValue())) {
          all.set(squash.getKey());
          changed = true;
        }
      }
    }
    return all;
  }

  private Map<Integer, List<Integer>> replacedByTarget() {
    Map<Integer, List<Integer>> replaced = new TreeMap<>();
    for (int i : chain.attributedPositions()) {
      int target = replacement(i);
      if (target >= 0 && isOfUse(i)) {
        replaced.computeIfAbsent(target, t -> new ArrayList<>()).add(i);
      }
    }
    return replaced;
  }

  private static boolean areIn(BitSet set, List<Integer> positions) {
    for (int position : positions) {
      if (!set.get(position)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the lines out of {@code scope} that a database lacks. A line that was squashed is
   * represented by its replacement within {@code expected}.
   *
   * @param counted the lines that count as applied there
   */
  BitSet missing(BitSet scope, BitSet expected, BitSet counted) {
    BitSet missing = new BitSet();
    BitSet lacking = (BitSet) scope.clone();
    lacking.andNot(counted);
    for (int i = lacking.nextSetBit(0); i >= 0; i = lacking.nextSetBit(i + 1)) {
      int due = isOfUse(i) ? dueInstead(i, expected, counted) : -1;
      if (due >= 0 && isOfUse(due)) {
        missing.set(due);
      }
    }
    return missing;
  }

  /**
   * Returns the line that would bring the effect of another: the last expected line that it was
   * squashed into. If no such line is expected, because the version was built before the squash, it
   * is the line itself. Negative if the effect has already been applied.
   */
  private int dueInstead(int position, BitSet expected, BitSet counted) {
    int due = position;
    int at = position;
    while (at >= 0 && !counted.get(at)) {
      due = expected.get(at) ? at : due;
      at = replacement(at);
    }
    return at >= 0 ? -1 : due;
  }

  /**
   * Returns whether a database of this product should have this line, or should have had it once.
   */
  boolean isOfUse(int position) {
    Revision known = chain.attributed(position);
    return known == null || (!known.optional() && !known.retired() && known.appliesOn(dbms));
  }

  /** Returns the line that a line was squashed into, or -1. */
  int replacement(int position) {
    Revision known = chain.attributed(position);
    String target = known == null ? null : known.replacedBy();
    return target == null ? -1 : chain.indexOfName(target);
  }
}
