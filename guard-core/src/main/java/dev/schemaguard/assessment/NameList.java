// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import java.util.List;

/** Writes many names as part of a sentence. */
public final class NameList {

  private static final int MOST = 5;

  private NameList() {}

  /** Returns the first of {@code names}, and how many others there are. */
  public static String of(List<String> names) {
    return of(names, MOST);
  }

  /** Returns the first {@code most} of {@code names}, and how many others there are. */
  public static String of(List<String> names, int most) {
    return names.size() <= most
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
  }

  /**
   * Returns the names with their verb: {@code 0005_orders is}, {@code 0005_orders, 0006_lines are}.
   */
  public static String are(List<String> names) {
    return of(names) + (names.size() == 1 ? " is" : " are");
  }
}
