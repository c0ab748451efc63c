// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.matrix.EditDistance;
import java.util.Locale;

/** Compares names of tables as a person who mistyped one would. */
final class SimilarNames {

  /** A letter too many, too few or another one, twice; more is another name. */
  private static final int MOST_EDITS = 2;

  private SimilarNames() {}

  /** A shorter word, such as log, is part of too many names. */
  private static final int SHORTEST_PART = 5;

  /**
   * Returns whether the names differ at most by letter case, and by two letters or by what is
   * before or behind an underscore: {@code migrations} and {@code django_migrations}.
   */
  static boolean areSimilar(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int most = Math.min(MOST_EDITS, Math.min(a.length(), b.length()) / 3);
    return EditDistance.between(a, b) <= most || isPart(a, b) || isPart(b, a);
  }

  private static boolean isPart(String part, String whole) {
    return part.length() >= SHORTEST_PART
        && (whole.startsWith(part + "_") || whole.endsWith("_" + part));
  }
}
