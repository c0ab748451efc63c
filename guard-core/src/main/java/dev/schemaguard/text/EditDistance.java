// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Computes how many letters two names differ in (Levenshtein), to find what a mistyped name means.
 */
public final class EditDistance {

  private EditDistance() {}

  /** Returns how many characters must be inserted, removed or replaced to turn a into b. */
  public static int between(String a, String b) {
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

  /**
   * Returns the candidates whose names are closest to {@code name}, the closest first. Candidates
   * at equal distance keep the order in which they are given.
   *
   * @param most the maximum number of candidates returned
   */
  public static <T> List<T> nearest(
      String name, Collection<T> candidates, Function<? super T, String> nameOf, int most) {
    record Candidate<T>(T value, int distance) {}

    List<Candidate<T>> all = new ArrayList<>(candidates.size());
    for (T candidate : candidates) {
      all.add(new Candidate<>(candidate, between(name, nameOf.apply(candidate))));
    }
    all.sort(Comparator.comparingInt(Candidate::distance));
    List<T> nearest = new ArrayList<>(most);
    for (Candidate<T> candidate : all.subList(0, Math.min(most, all.size()))) {
      nearest.add(candidate.value());
    }
    return nearest;
  }
}
