// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rows of Alembic's table whose revision another row builds on. Alembic stores only heads and does
 * not continue from such a table: "Requested revision … overlaps with other requested revisions"
 * ({@code RevisionMap} in {@code alembic/script/revision.py}).
 *
 * @param place the table
 * @param names the revisions of these rows, as recorded
 */
public record RedundantHeads(HistoryPlace place, List<String> names) {

  /** Copies the names. */
  public RedundantHeads {
    names = List.copyOf(names);
  }

  /** Returns the redundant rows of a history, or empty if it has none. */
  static Optional<RedundantHeads> in(History history, RevisionChain chain, ChainHistory placed) {
    Map<Integer, String> heads = new LinkedHashMap<>();
    for (HistoryEntry entry : history.entries()) {
      int line = placed.position(entry);
      if (line >= 0 && placed.heads().get(line)) {
        heads.put(line, entry.name());
      }
    }
    BitSet below = new BitSet();
    for (int line : heads.keySet()) {
      BitSet ancestors = chain.upTo(chain.revision(line));
      ancestors.clear(line);
      below.or(ancestors);
    }
    List<String> redundant = new ArrayList<>();
    heads.forEach(
        (line, name) -> {
          if (below.get(line)) {
            redundant.add(name);
          }
        });
    return redundant.isEmpty()
        ? Optional.empty()
        : Optional.of(new RedundantHeads(history.place(), redundant));
  }

  /** Returns in one sentence what is wrong with the table. */
  public String reason() {
    return place.table()
        + " holds "
        + String.join(", ", names)
        + (names.size() == 1
            ? " beside a revision that builds on it"
            : " beside revisions that build on them")
        + ", which Alembic refuses";
  }

  /** Returns the statement that removes all rows except the heads. */
  public String action() {
    return names.stream()
        .map(name -> "'" + name.replace("'", "''") + "'")
        .collect(
            Collectors.joining(
                ", ", "DELETE FROM " + place.table() + " WHERE version_num IN (", ")"));
  }
}
