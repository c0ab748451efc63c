// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.time.Duration;

/** Formats durations for people. */
final class DurationFormat {

  private static final int LONGEST_IN_HOURS = 48;

  private DurationFormat() {}

  /**
   * Formats a duration in its two largest units: {@code 1 min 30 s}, {@code 5 min}, {@code 500 ms}.
   */
  static String exact(Duration duration) {
    if (duration.toMinutes() == 0 && duration.toMillisPart() > 0) {
      return duration.toMillis() + " ms";
    }
    if (duration.toMinutes() == 0) {
      return duration.toSeconds() + " s";
    }
    return duration.toHours() > 0
        ? duration.toHours() + " h" + rest(duration.toMinutesPart(), " min")
        : duration.toMinutes() + " min" + rest(duration.toSecondsPart(), " s");
  }

  /**
   * Formats a duration in its largest unit: {@code 42 s}, {@code 3 min}, {@code 27 h}, {@code 5
   * days}.
   */
  static String rough(Duration duration) {
    if (duration.toHours() >= LONGEST_IN_HOURS) {
      return duration.toDays() + " days";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h";
    }
    return duration.toMinutes() > 0 ? duration.toMinutes() + " min" : duration.toSeconds() + " s";
  }

  private static String rest(int amount, String unit) {
    return amount == 0 ? "" : " " + amount + unit;
  }
}
