// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The names under which the lines of a chain, and the entries in no line, are shown. */
final class LineNames {

  private final RevisionChain chain;
  private final Set<String> sharedShortNames = new HashSet<>();

  LineNames(RevisionChain chain, Collection<HistoryEntry> unknown) {
    this.chain = chain;
    Set<String> shortNames = new HashSet<>();
    for (HistoryEntry entry : unknown) {
      if (!shortNames.add(entry.shortName())) {
        sharedShortNames.add(entry.shortName());
      }
    }
  }

  /** Returns the name of the revision at a position. */
  String of(int position) {
    return chain.displayName(chain.revision(position));
  }

  /** Returns the names of the revisions at these positions, in the order of the chain. */
  List<String> of(BitSet positions) {
    List<String> names = new ArrayList<>(positions.cardinality());
    for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
      names.add(of(i));
    }
    return names;
  }

  /** Returns the name of an unknown entry: its short name, unless that is ambiguous. */
  String of(HistoryEntry entry) {
    boolean ambiguous =
        chain.showsWholeNames()
            || entry.shortName().isBlank()
            || sharedShortNames.contains(entry.shortName())
            || chain.indexOfShortName(entry.shortName()) >= 0;
    return ambiguous ? entry.name() : entry.shortName();
  }
}
