// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code PT30S}, or a number of seconds.
 */
final class DurationConverter implements ITypeConverter<Duration> {

  private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

  @Override
  public Duration convert(String value) {
    Duration duration = parse(value.strip().toLowerCase(Locale.ROOT));
    if (duration.isZero() || duration.isNegative()) {
      throw new TypeConversionException("'" + value + "' is not above zero");
    }
    return duration;
  }

  private static Duration parse(String value) {
    Matcher simple = SIMPLE.matcher(value);
    if (!simple.matches()) {
      try {
        return Duration.parse(value);
      } catch (RuntimeException e) {
        throw new TypeConversionException(
            "'" + value + "' is no duration: write 500ms, 30s, 5m, 1h or PT30S");
      }
    }
    long amount = Long.parseLong(simple.group(1));
    return switch (simple.group(2) == null ? "s" : simple.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofSeconds(amount);
    };
  }
}
