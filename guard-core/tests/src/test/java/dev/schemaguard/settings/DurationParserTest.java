// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationParserTest {

  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S",
    "30s, PT30S",
    "5m, PT5M",
    "1h, PT1H",
    "10, PT10S",
    "0s, PT0S",
    "PT2S, PT2S",
    "pt2s, PT2S",
    "-PT5S, PT-5S",
    "' 5M ', PT5M"
  })
  void isReadAsPeopleWriteIt(String text, Duration duration) {
    assertThat(DurationParser.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5s", "5 s", "1d", "s", "99999999999s", "PT"})
  void nothingElseIsOne(String text) {
    assertThat(DurationParser.parse(text)).isEmpty();
  }
}
