// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The ratios that the short benchmark prints. */
class RatioTest {

  @Test
  void isThatOfTheMedians() {
    assertThat(new Ratio(new double[] {9, 2, 4}, new double[] {2, 100, 1}).value()).isEqualTo(2);
    assertThat(new Ratio(new double[] {1, 3}, new double[] {1, 1}).value()).isEqualTo(2);
  }

  @Test
  void theIntervalIsNarrowWhereRoundsAgreeAndWideWhereTheyDoNot() {
    double[] ones = IntStream.range(0, 15).mapToDouble(n -> 1).toArray();
    double[] twos = IntStream.range(0, 15).mapToDouble(n -> 2).toArray();
    double[] mixed = IntStream.range(0, 15).mapToDouble(n -> 1 + n).toArray();

    assertThat(new Ratio(twos, ones).interval()).containsExactly(2, 2);
    double[] wide = new Ratio(mixed, ones).interval();
    assertThat(wide[0]).isBetween(2.0, 7.0);
    assertThat(wide[1]).isBetween(9.0, 15.0);
    assertThat(new Ratio(twos, ones)).hasToString("  2.00   (2.00 to 2.00)   2.00 ms");
  }

  @Test
  void needsTheSameRounds() {
    assertThatThrownBy(() -> new Ratio(new double[] {1}, new double[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
