// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.rollback;

import dev.schemaguard.assessment.ChainHistory;
import dev.schemaguard.assessment.rollback.UndoStrategy.Undone;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;

/** Finds the chain's lines for the entries of a history, to name what is undone. */
record RevisionLookup(RevisionChain chain, ChainHistory placed) {

  /** Returns the line of an entry, or -1. */
  int line(HistoryEntry entry) {
    return placed.position(entry);
  }

  boolean isRetired(HistoryEntry entry) {
    int line = line(entry);
    return line >= 0 && chain.isRetired(line);
  }

  Undone undone(HistoryEntry entry) {
    int line = line(entry);
    if (line < 0) {
      return new Undone(placed.name(entry), entry.name(), -1);
    }
    // The line has an id alone; only the entry says in which file the changeset is.
    boolean idAlone =
        chain.revision(line).changeset().isEmpty() && ChangesetKey.parse(entry.name()).isPresent();
    return idAlone ? new Undone(placed.name(line), entry.name(), line) : undone(line);
  }

  Undone undone(int line) {
    Revision revision = chain.revision(line);
    return new Undone(chain.displayName(revision), revision.name(), line);
  }
}
