// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import java.util.BitSet;
import java.util.Collection;
import java.util.function.Predicate;

/** The revisions of a row's chain that a database does not have. Immutable. */
public final class PendingLines implements Predicate<String> {

  private final RevisionChain chain;
  private final ChainHistory history;
  private final BitSet pending;
  private final boolean upToHead;

  PendingLines(ResolvedRow row, History read, PathPatterns paths) {
    this.chain = row.chain();
    this.history = new ChainHistory(chain, read, paths);
    this.pending = history.missing(row.upToExpected(), row.upToExpected());
    this.upToHead = row.expected() == null || isHead(row.upToExpected(), read.place().dbms());
  }

  private boolean isHead(BitSet upToExpected, String dbms) {
    for (int i = upToExpected.nextClearBit(0); i < chain.size(); ) {
      if (chain.revision(i).isDue(dbms)) {
        return false;
      }
      i = upToExpected.nextClearBit(i + 1);
    }
    return true;
  }

  /** Returns whether the row expects everything in the chain. */
  public boolean isUpToHead() {
    return upToHead;
  }

  /** Returns whether anything expected is missing. */
  public boolean isAny() {
    return !pending.isEmpty();
  }

  /**
   * Returns whether a revision is in the chain and not applied, neither itself nor by one that
   * replaced it.
   *
   * @param reference a name, id, alias or former name of the revision; if it refers to no revision,
   *     or to several, the result is false
   */
  @Override
  public boolean test(String reference) {
    int line = line(reference);
    while (line >= 0) {
      if (history.counted().get(line)) {
        return false;
      }
      int replacement = history.replacement(line);
      if (replacement < 0) {
        return true;
      }
      line = replacement;
    }
    return false;
  }

  /**
   * Returns whether the first of these revisions is before everything that is pending, or the first
   * of that.
   *
   * @param references as for {@link #test}
   */
  public boolean isFrom(Collection<String> references) {
    int first = chain.size();
    for (String reference : references) {
      int line = line(reference);
      first = line < 0 ? first : Math.min(first, line);
    }
    return pending.isEmpty() || first <= pending.nextSetBit(0);
  }

  /** Returns the name of the first pending revision. */
  public String first() {
    return history.name(pending.nextSetBit(0));
  }

  private int line(String reference) {
    try {
      return chain.indexOf(chain.resolve(reference, "since=" + reference));
    } catch (ConfigurationException e) {
      // verify reports it.
      return -1;
    }
  }
}
