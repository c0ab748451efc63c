// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.tool.NumberedChain;
import dev.schemaguard.tool.Numbering;
import dev.schemaguard.tool.Tools;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Finds the lines of a chain that the entries of one history stand for. */
final class EntryLines {

  private final RevisionChain chain;
  private final @Nullable NumberedChain numbered;
  private int likely;

  EntryLines(RevisionChain chain, HistoryPlace place) {
    Numbering numbering = Tools.numbering(place.tool());
    this.chain = chain;
    this.numbered = numbering == null ? null : new NumberedChain(chain, numbering, place.dbms());
  }

  /** Returns whether the tool identifies a migration by its version. */
  boolean areNumbered() {
    return numbered != null;
  }

  /** Returns the line of an entry, or -1. */
  int of(HistoryEntry entry) {
    if (numbered != null) {
      return MigrationVersion.parse(entry.name()).map(numbered::indexOf).orElse(-1);
    }
    int position = chain.indexOfName(entry.name(), likely);
    likely = position + 1;
    return position < 0 ? chain.indexOfName(entry.shortName()) : position;
  }

  /** Returns the lines that a baseline represents: every line up to it. */
  BitSet upToBaseline(HistoryEntry baseline) {
    if (numbered != null) {
      return numbered.upTo(version(baseline));
    }
    int position = of(baseline);
    return position >= 0
        ? chain.upTo(chain.revision(position))
        : new VersionOrder(chain).notAbove(baseline.name());
  }

  /** Returns whether a baseline is a revision that the chain does not contain. */
  boolean isBeyondChain(HistoryEntry baseline) {
    return numbered != null ? numbered.endsBelow(version(baseline)) : of(baseline) < 0;
  }

  private static MigrationVersion version(HistoryEntry baseline) {
    return MigrationVersion.parse(baseline.name()).orElseThrow();
  }

  /** Returns whether an entry is a repeatable migration, which has no version. */
  boolean isRepeatable(HistoryEntry entry) {
    return numbered != null && MigrationVersion.parse(entry.name()).isEmpty();
  }
}
