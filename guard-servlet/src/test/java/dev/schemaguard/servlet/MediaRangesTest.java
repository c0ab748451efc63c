// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaRangesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text/html | 1",
        "TEXT/HTML ; Q=0.3 | 0.3",
        "text/html;level=1;q=0.25 | 0.25",
        "text/* | 1",
        "*/*;q=0.8 | 0.8",
        "*/*, text/*;q=0.5, text/html;q=0 | 0",
        "*/*;q=0.1, text/*;q=0.5 | 0.5",
        "application/json | 0",
        "text/html;q=1.000 | 1",
        "text/html;q=1.5 | 0",
        "text/html;q=-1 | 0",
        "text/html;q=0.1234 | 0",
        "text/html;q= | 0",
        "text/html;q=NaN | 0",
        "html | 0",
        ",,;;=, | 0",
      })
  void theClosestRangeSaysHowMuchHtmlIsWanted(String accept, double wish) {
    assertThat(MediaRanges.parse(accept).wish("text/html")).isEqualTo(wish);
  }
}
