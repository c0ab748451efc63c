// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is: at the last applied revision that is not in the chain, or else at the
 * applied revision furthest along the chain. If a tool records heads, the database is at all of
 * them.
 *
 * @param name the display name; null if nothing is applied
 * @param entry what was recorded for it; null if it is applied only through a squash, or if there
 *     are several heads
 * @param line its position in the chain; -1 if it is not in the chain
 */
public record Position(@Nullable String name, @Nullable HistoryEntry entry, int line) {

  /** The position of a database to which nothing is applied. */
  static final Position NONE = new Position(null, null, -1);

  /**
   * Returns the position of a history on its chain.
   *
   * @param expected the lines up to the expected one. Within them a line counts even if only the
   *     lines that it replaces were applied; beyond them a version counts as soon as it was begun
   */
  static Position of(ChainHistory history, RevisionChain chain, BitSet expected) {
    List<HistoryEntry> unknown = history.unknown();
    if (history.recordsHeads()) {
      return ofHeads(history, unknown);
    }
    if (!unknown.isEmpty()) {
      HistoryEntry last = unknown.get(unknown.size() - 1);
      return new Position(history.name(last), last, -1);
    }
    int begun = history.dirty().length() - 1;
    if (begun >= 0 && !expected.get(begun)) {
      return at(history, begun);
    }
    BitSet counted = history.counted();
    int retired = -1;
    for (int i = counted.length() - 1; i >= 0; i = counted.previousSetBit(i - 1)) {
      if (chain.isRetired(i)) {
        retired = Math.max(retired, i);
      } else if (history.applied().get(i) || expected.get(i)) {
        return at(history, i);
      }
    }
    return retired < 0 ? NONE : at(history, retired);
  }

  /**
   * Returns the position at all heads, in an order that does not depend on the order of the rows.
   */
  private static Position ofHeads(ChainHistory history, List<HistoryEntry> unknown) {
    List<String> unknownEntries = new ArrayList<>();
    for (HistoryEntry entry : unknown) {
      unknownEntries.add(history.name(entry));
    }
    Collections.sort(unknownEntries);
    List<String> names = history.names(history.heads());
    names.addAll(unknownEntries);
    return new Position(String.join(", ", names), null, history.heads().length() - 1);
  }

  private static Position at(ChainHistory history, int line) {
    return new Position(history.name(line), history.entry(line), line);
  }

  /** Returns those of {@code lines} that come before this position. */
  BitSet before(BitSet lines, RevisionChain chain) {
    if (lines.isEmpty()) {
      return lines;
    }
    BitSet before = (BitSet) lines.clone();
    if (name == null) {
      before.clear();
    } else if (line >= 0) {
      before.and(chain.upTo(chain.revision(line)));
    }
    return before;
  }
}
