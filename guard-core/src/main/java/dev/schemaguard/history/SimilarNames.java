// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.util.Locale;

/** Compares names of tables as a person who mistyped one would. */
final class SimilarNames {

  /** A letter too many, too few or another one, twice; more is another name. */
  private static final int MOST_EDITS = 2;

  private SimilarNames() {}

  /** Returns whether the names differ at most by letter case and two letters. */
  static boolean areSimilar(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int most = Math.min(MOST_EDITS, Math.min(a.length(), b.length()) / 3);
    return edits(a, b) <= most;
  }

  /** The Levenshtein distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
