// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How figures look in the tables of docs/why/performance.md. */
final class Cells {

  private Cells() {}

  /** The lines above a table's rows, whose columns but the first are flush right. */
  static List<String> header(String first, List<String> columns) {
    return List.of(
        "", "| " + first + " | " + join(columns) + " |", "|---|" + "--:|".repeat(columns.size()));
  }

  static String row(String first, List<String> cells) {
    return "| " + first + " | " + join(cells) + " |";
  }

  private static String join(List<String> cells) {
    return String.join(" | ", cells);
  }

  static List<String> numbers(int... numbers) {
    return Arrays.stream(numbers).mapToObj(Cells::whole).toList();
  }

  static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  /** Milliseconds, and in bold their ratio to a limit; a dash where nothing was measured. */
  static List<String> ratios(double[] millis, double[] limit) {
    return IntStream.range(0, millis.length)
        .mapToObj(
            i ->
                millis[i] == 0
                    ? "–"
                    : digits(millis[i]) + " ms, **" + digits(millis[i] / limit[i]) + "**")
        .toList();
  }

  static String digits(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
  }

  static List<String> all(double[] values, String form) {
    return Arrays.stream(values)
        .mapToObj(value -> String.format(Locale.ROOT, form, value))
        .toList();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
