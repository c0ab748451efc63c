// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** What takes how many times as long as something else, measured in the same rounds. */
final class Ratio {

  private static final int DRAWS = 10_000;

  private final double[] figure;
  private final double[] limit;

  /**
   * Compares two figures.
   *
   * @param figure a value of each round
   * @param limit what it is divided by; a value of each of the same rounds
   */
  Ratio(double[] figure, double[] limit) {
    if (figure.length != limit.length || figure.length == 0) {
      throw new IllegalArgumentException(figure.length + " rounds, and " + limit.length);
    }
    this.figure = figure.clone();
    this.limit = limit.clone();
  }

  /** The ratio of the medians. */
  double value() {
    return of(IntStream.range(0, figure.length).toArray());
  }

  /**
   * The 95 % interval: what the same computation says of rounds drawn at random from those that
   * were measured.
   */
  double[] interval() {
    Random random = new Random(1);
    double[] drawn = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      drawn[i] = of(random.ints(figure.length, 0, figure.length).toArray());
    }
    Arrays.sort(drawn);
    return new double[] {drawn[DRAWS / 40], drawn[DRAWS - 1 - DRAWS / 40]};
  }

  private double of(int[] rounds) {
    return median(figure, rounds) / median(limit, rounds);
  }

  private static double median(double[] values, int[] rounds) {
    double[] sorted = Arrays.stream(rounds).mapToDouble(round -> values[round]).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** The ratio with its interval, and the median of the figure in milliseconds. */
  @Override
  public String toString() {
    double[] interval = interval();
    return String.format(
        Locale.ROOT,
        "%6.2f   (%.2f to %.2f)   %.2f ms",
        value(),
        interval[0],
        interval[1],
        Cells.median(figure));
  }
}
