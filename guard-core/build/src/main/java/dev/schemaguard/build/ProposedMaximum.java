// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the migrations let the versions of a row go on.
 *
 * @param max the newest revision up to which everything beyond expected only expands, as a
 *     reference; null where it cannot be told
 * @param stop the first revision behind it that may break them; null where there is none
 */
record ProposedMaximum(@Nullable String max, @Nullable RevisionWithImpact stop) {

  static ProposedMaximum of(ResolvedRow row, List<RevisionWithImpact> judged) {
    BitSet harmless = row.upToExpected();
    for (int i = 0; i < row.chain().size(); i++) {
      Revision line = row.chain().revisions().get(i);
      if (line.retired() || line.replacedBy() != null) {
        harmless.set(i);
      }
    }
    RevisionWithImpact stop = null;
    for (RevisionWithImpact revision : judged) {
      if (revision.effect() == Impact.EXPAND) {
        harmless.set(revision.position());
      } else if (stop == null && !row.upToExpected().get(revision.position())) {
        stop = revision;
      }
    }
    Revision last = last(row, harmless);
    boolean ends = last == null && stop != null && stop.effect() == Impact.CONTRACT;
    return new ProposedMaximum(
        last != null ? row.chain().displayName(last) : ends ? row.row().expected() : null, stop);
  }

  /** The last revision that holds all of expected, and nothing but what is harmless. */
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
