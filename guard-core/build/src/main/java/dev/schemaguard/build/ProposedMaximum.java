// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest revision that a row's versions tolerate, according to the migrations.
 *
 * @param max the newest revision up to which everything after the expected revision only expands,
 *     as a reference; null if it is unknown
 * @param stop the first later revision that may break the versions; null if there is none
 */
record ProposedMaximum(@Nullable String max, @Nullable RevisionWithImpact stop) {

  static ProposedMaximum of(ResolvedRow row, List<RevisionWithImpact> revisions) {
    BitSet harmless = row.upToExpected();
    for (int i = 0; i < row.chain().size(); i++) {
      Revision line = row.chain().revisions().get(i);
      if (line.retired() || line.replacedBy() != null) {
        harmless.set(i);
      }
    }
    RevisionWithImpact stop = null;
    for (RevisionWithImpact revision : revisions) {
      if (revision.impact() == Impact.EXPAND) {
        harmless.set(revision.position());
      } else if (stop == null && !row.upToExpected().get(revision.position())) {
        stop = revision;
      }
    }
    Revision last = last(row, harmless);
    boolean ends = last == null && stop != null && stop.impact() == Impact.CONTRACT;
    return new ProposedMaximum(
        last != null ? row.chain().displayName(last) : ends ? row.row().expected() : null, stop);
  }

  /**
   * Returns the last revision beyond expected up to which the revision chain contains everything
   * expected and otherwise only harmless revisions.
   */
  private static @Nullable Revision last(ResolvedRow row, BitSet harmless) {
    BitSet expected = row.upToExpected();
    for (int i = row.chain().size() - 1; i >= 0; i--) {
      Revision revision = row.chain().revisions().get(i);
      BitSet upTo = row.chain().upTo(revision);
      if (!expected.get(i) && isWithin(expected, upTo) && isWithin(upTo, harmless)) {
        return revision;
      }
    }
    return null;
  }

  private static boolean isWithin(BitSet inner, BitSet outer) {
    BitSet rest = (BitSet) inner.clone();
    rest.andNot(outer);
    return rest.isEmpty();
  }
}
