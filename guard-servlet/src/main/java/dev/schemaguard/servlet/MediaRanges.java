// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The preferences in an Accept header. Ranges that cannot be parsed are ignored.
 *
 * @param ranges the ranges in their order
 */
record MediaRanges(List<Range> ranges) {

  /** A media type or a wildcard, with its quality from 0 to 1. */
  record Range(String type, double quality) {}

  /** Returns the ranges in a header. */
  static MediaRanges parse(String header) {
    return new MediaRanges(
        Arrays.stream(header.split(",", -1))
            .map(MediaRanges::range)
            .filter(range -> range.type.indexOf('/') > 0 && range.quality >= 0)
            .toList());
  }

  private static Range range(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(";", -1);
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        quality = quality(parameter.substring(2).strip());
      }
    }
    return new Range(parts[0].strip(), quality);
  }

  private static double quality(String text) {
    boolean wellFormed = text.matches("0(\\.\\d{0,3})?|1(\\.0{0,3})?");
    return wellFormed ? Double.parseDouble(text) : -1;
  }

  /**
   * Returns the quality of a media type, which is that of the most specific matching range, or 0 if
   * none matches.
   */
  double wish(String type) {
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String closest : List.of(type, family, "*/*")) {
      for (Range range : ranges) {
        if (range.type.equals(closest)) {
          return range.quality;
        }
      }
    }
    return 0;
  }
}
