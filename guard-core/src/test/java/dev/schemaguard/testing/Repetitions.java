// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

/** How often the reliability suites try what they try. */
public final class Repetitions {

  /** The system property that multiplies every number of repetitions. */
  public static final String FACTOR = "reliability.factor";

  /** The system property that says for how many seconds a guard is under load. */
  public static final String SECONDS = "reliability.seconds";

  private Repetitions() {}

  /** {@code count} repetitions, multiplied by the system property. */
  public static int of(int count) {
    return count * Integer.getInteger(FACTOR, 1);
  }
}
