// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationFormatTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s, 0 s",
    "PT0.5S, 500 ms, 0 s",
    "PT1.5S, 1500 ms, 1 s",
    "PT59S, 59 s, 59 s",
    "PT5M, 5 min, 5 min",
    "PT1M30S, 1 min 30 s, 1 min",
    "PT1H, 1 h, 1 h",
    "PT2H5M7S, 2 h 5 min, 2 h",
    "PT47H59M, 47 h 59 min, 47 h",
    "PT48H, 48 h, 2 days"
  })
  void isWrittenExactlyAndRoughly(Duration duration, String exact, String rough) {
    assertThat(DurationFormat.exact(duration)).isEqualTo(exact);
    assertThat(DurationFormat.rough(duration)).isEqualTo(rough);
  }
}
