// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses durations such as {@code 500ms}, {@code 30s}, {@code 5m} and {@code 1h}. */
public final class DurationParser {

  /** What to do if a setting's value is not a duration. */
  public static final String REMEDY = "Write a duration, such as 10s or PT10S.";

  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  private DurationParser() {}

  /**
   * Returns the duration in {@code text}, in any letter case; empty if there is none. A number
   * without a unit is in seconds, and ISO 8601 ({@code PT30S}) is accepted too. Zero and negative
   * durations are returned as well.
   */
  public static Optional<Duration> parse(String text) {
    String value = text.strip().toLowerCase(Locale.ROOT);
    Matcher simple = SIMPLE.matcher(value);
    if (!simple.matches()) {
      return iso(value);
    }
    long amount = Long.parseLong(simple.group(1));
    String unit = simple.group(2) == null ? "s" : simple.group(2);
    return Optional.of(
        switch (unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          case "h" -> Duration.ofHours(amount);
          default -> Duration.ofSeconds(amount);
        });
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
