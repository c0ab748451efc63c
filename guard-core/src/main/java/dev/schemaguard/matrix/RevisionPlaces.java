// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.BitSet;

/**
 * The places of a chain's revisions in its text, for messages.
 *
 * @param origin where the text comes from
 * @param lines the numbers of the lines that are revisions; empty if the chain was made in code
 */
record RevisionPlaces(String origin, BitSet lines) {

  /** Returns the file and line of the revision at a position. */
  String of(int position) {
    if (lines.isEmpty()) {
      return origin + ", revision " + (position + 1);
    }
    int line = -1;
    for (int i = 0; i <= position; i++) {
      line = lines.nextSetBit(line + 1);
    }
    return origin + ":" + line;
  }
}
