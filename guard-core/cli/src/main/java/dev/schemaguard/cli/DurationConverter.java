// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.settings.DurationParser;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parses a duration above zero. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    Duration duration =
        DurationParser.parse(value)
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'" + value + "' is not a duration: write 500ms, 30s, 5m, 1h or PT30S"));
    if (duration.isZero() || duration.isNegative()) {
      throw new TypeConversionException("'" + value + "' is not above zero");
    }
    return duration;
  }
}
