// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrappingTest {

  private static final Wrapping NARROW = new Wrapping(24);

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "why       one two three four,why       one two three/          four",
        "do now    one two three four,do now    one two three/          four",
        "✖ NO-GO: one two three four five,✖ NO-GO: one two three/  four five",
        "[X] one two three four five,[X] one two three four/    five",
        "1. one two three four five,1. one two three four/   five",
        "one two three four five six,one two three four five/  six",
        "    one two three four five,    one two three four/      five",
        "why       short,why       short"
      })
  void aLineIsBrokenBetweenWordsAndContinuedBelowItsValue(String line, String broken) {
    assertThat(NARROW.of(line)).isEqualTo(broken.replace('/', '\n'));
  }

  @Test
  void aWordThatIsLongerThanALineStaysWhole() {
    assertThat(NARROW.of("why       see jdbc:postgresql://host:5432/orders now"))
        .isEqualTo("why       see\n          jdbc:postgresql://host:5432/orders\n          now");
  }

  @Test
  void aCharacterOfTwoColumnsCountsAsTwo() {
    assertThat(NARROW.of("データベース データベース")).isEqualTo("データベース\n  データベース");
  }

  @Test
  void nothingIsBrokenWithoutATerminal() {
    String line = "word ".repeat(100);
    assertThat(Wrapping.NONE.of(line)).isEqualTo(line);
  }
}
