// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import java.util.List;

/**
 * What is wrong and what to do, before the frame that every problem has is put around it.
 *
 * @param code the stable code
 * @param title the problem in a few words
 * @param why the cause, with the names that matter
 * @param actions what to do, the first choice first; never empty
 */
record Explanation(String code, String title, String why, List<String> actions) {

  private static final int NAMES = 5;

  Explanation(String code, String title, String why, String... actions) {
    this(code, title, why, List.of(actions));
  }

  /** The first of {@code names}, and how many more there are. */
  static String names(List<String> names) {
    return names(names, NAMES);
  }

  /** The first {@code most} of {@code names}, and how many more there are. */
  static String names(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  /** {@code 0005_orders is}, {@code 0005_orders, 0006_lines are}. */
  static String namesAre(List<String> names) {
    return names(names) + (names.size() == 1 ? " is" : " are");
  }
}
