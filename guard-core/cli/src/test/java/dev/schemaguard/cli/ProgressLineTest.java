// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);

  private ProgressLine line() {
    PrintStream stream = new PrintStream(terminal, true, StandardCharsets.UTF_8);
    return new ProgressLine(
        new TerminalLine(stream, new Terminal(80), new Output()), nanoTime::get);
  }

  private String drawn() {
    return terminal.toString(StandardCharsets.UTF_8);
  }

  private void pass(long millis) {
    nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  @Test
  void whatIsQuickShowsNothing() {
    try (ProgressLine line = line()) {
      line.assessed(1, 2_000);
      pass(499);
      line.assessed(2_000, 2_000);
    }
    assertThat(drawn()).isEmpty();
  }

  @Test
  void whatTakesLongerShowsHowFarItHasGotAndNothingInTheEnd() {
    try (ProgressLine line = line()) {
      pass(600);
      line.assessed(700, 2_000);
      assertThat(Screen.of(drawn())).containsExactly("judged 700 of 2000 tenants");
      line.assessed(701, 2_000);
      assertThat(drawn()).doesNotContain("701");
      pass(100);
      line.assessed(900, 2_000);
      assertThat(Screen.of(drawn())).containsExactly("judged 900 of 2000 tenants");
    }
    assertThat(Screen.of(drawn())).containsExactly("");
  }

  @Test
  void databasesThatDoNotRespondAreCounted() {
    try (ProgressLine line = line()) {
      line.assessed(290, 300);
      pass(600);
      line.unresponsive(10);
      assertThat(Screen.of(drawn()))
          .containsExactly("judged 290 of 300 tenants · 10 databases do not respond");
      pass(100);
      line.unresponsive(1);
      assertThat(Screen.of(drawn()))
          .containsExactly("judged 290 of 300 tenants · 1 database does not respond");
      pass(100);
      line.unresponsive(0);
      assertThat(Screen.of(drawn())).containsExactly("judged 290 of 300 tenants");
    }
  }

  @Test
  void afterItsEndNothingIsDrawn() {
    ProgressLine line = line();
    line.close();
    pass(10_000);
    line.assessed(1, 2);
    assertThat(drawn()).isEmpty();
  }

  @Test
  void withoutATerminalNothingIsDrawn() {
    try (ProgressLine line = new ProgressLine(null, nanoTime::get)) {
      pass(10_000);
      line.assessed(1, 2);
    }
    assertThat(drawn()).isEmpty();
  }
}
