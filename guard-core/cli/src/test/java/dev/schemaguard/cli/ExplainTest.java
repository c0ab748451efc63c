// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {

  private int exitCode;

  @ParameterizedTest
  @ValueSource(strings = {"GUARD-BEHIND", "guard-behind", "Behind", "[GUARD-BEHIND]"})
  void aCodeInAnyLetterCaseShowsItsPage(String code) {
    String page = explain(code);

    assertThat(exitCode).as(page).isZero();
    assertThat(page)
        .startsWith("GUARD-BEHIND\n\n")
        .contains("\n    do now    run this release's migrations on this database")
        .contains("\nWhat to do\n\n1. ")
        .doesNotContain("](", "```", "## ");
  }

  @Test
  void withoutACodeAllAreListedWithTheirTitles() {
    assertThat(explain())
        .contains("GUARD-UNREADABLE-PERMISSION    ")
        .containsPattern("(?m)^GUARD-BEHIND {2,}\\S.*\\.$")
        .contains("GUARD-CONFIGURATION");
    assertThat(exitCode).isZero();
  }

  @Test
  void anUnknownCodeIsAnErrorThatNamesTheNearest() {
    assertThat(explain("GUARD-BEHAND")).contains("GUARD-BEHAND", "the nearest are GUARD-BEHIND, ");
    assertThat(exitCode).isEqualTo(2);
  }

  private String explain(String... code) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (PrintStream both = new PrintStream(printed, true, UTF_8)) {
      System.setOut(both);
      System.setErr(both);
      exitCode = code.length == 0 ? Main.run("explain") : Main.run("explain", code[0]);
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
    return printed.toString(UTF_8);
  }
}
