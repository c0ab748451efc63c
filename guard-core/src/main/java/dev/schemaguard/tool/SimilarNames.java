// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.text.EditDistance;
import java.util.Locale;

/** Compares names of tables so that a mistyped name is recognised. */
final class SimilarNames {

  /**
   * The maximum number of letters that may be added, missing or replaced. With more, it is another
   * name.
   */
  private static final int MOST_EDITS = 2;

  private SimilarNames() {}

  /**
   * The minimum length of a shared part. A shorter word, such as log, is part of too many names.
   */
  private static final int SHORTEST_PART = 5;

  /**
   * Returns whether the names are similar: they differ only in letter case and at most two letters,
   * or only in what is before or after an underscore, as {@code migrations} and {@code
   * django_migrations} do.
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
