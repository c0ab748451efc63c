// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

/** How often the reliability suites try what they try. */
public final class Repetitions {

  /**
   * The system property that says how many percent of every number of repetitions are run: a sample
   * in the fast build, 100 with the profile {@code full}.
   */
  public static final String PERCENT = "reliability.percent";

  private Repetitions() {}

  /** The percentage of {@code count} that the system property says, and at least one. */
  public static int of(int count) {
    return (int) Math.max(1, (long) count * Integer.getInteger(PERCENT, 100) / 100);
  }

  /** The length of a long input: of {@code full} the percentage that is run, but never more. */
  public static int length(int full) {
    return Math.min(full, of(full));
  }
}
