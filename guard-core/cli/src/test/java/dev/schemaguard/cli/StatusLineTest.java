// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static dev.schemaguard.cli.WaitExamples.behind;
import static dev.schemaguard.cli.WaitExamples.lock;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class StatusLineTest {

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final AtomicLong nanoTime = new AtomicLong(-4_000_000_000L);

  @Test
  void isDrawnInItsPlaceAndErasedInTheEnd() {
    StatusLine line = line(80);
    line.changed(behind(3, null));
    nanoTime.addAndGet(Duration.ofSeconds(2).toNanos());
    line.draw();
    assertThat(drawn())
        .contains("waiting 0 s of 10 s · behind, 3 pending", "waiting 2 s of 10 s · behind, 3")
        .doesNotContain("\n");
    assertThat(Screen.of(drawn())).hasSize(1).first().asString().startsWith("waiting 2 s of 10 s");
    line.close();
    assertThat(Screen.of(drawn())).containsExactly("");
  }

  @Test
  void isNeverDrawnAfterItsEnd() {
    StatusLine line = line(80);
    line.draw();
    line.close();
    int length = drawn().length();
    line.draw();
    line.changed(behind(3, null));
    line.close();
    assertThat(drawn()).hasSize(length);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 20, 40, 80, 132})
  void neverFillsTheWidth(int width) {
    StatusLine line = line(width, "--plain");
    line.changed(behind(12, lock("a-migration-job-with-a-long-name (10.0.3.17)", Duration.ZERO)));
    assertThat(Screen.of(drawn())).hasSize(1).allMatch(shown -> shown.length() < width);
  }

  @Test
  void showsForHowLongALockIsHeldAlsoWhereItsHolderIsCut() {
    StatusLine line = line(80);
    line.changed(behind(12, lock("statewave-migrate-7d9f8b6c5-x2x9z (10.0.3.17)", Duration.ZERO)));
    assertThat(Screen.of(drawn()))
        .containsExactly(
            "waiting 0 s of 10 s · behind, 12 pending · locked for 0 s by statewave-migrate…");
  }

  @Test
  void isAsciiIfPlain() {
    StatusLine line = line(60, "--plain");
    line.changed(behind(3, lock("müller", Duration.ZERO)));
    assertThat(drawn().chars()).allMatch(character -> character < 128);
    assertThat(Screen.of(drawn()))
        .containsExactly("waiting 0 s of 10 s - behind, 3 pending - locked for 0 s...");
  }

  private StatusLine line(int width, String... options) {
    Output output = new Output();
    new CommandLine(output).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(options);
    return new StatusLine(
        new PrintStream(terminal),
        new Terminal(width),
        output,
        new WaitingText(Duration.ofSeconds(10)),
        nanoTime::get);
  }

  private String drawn() {
    return terminal.toString(StandardCharsets.UTF_8);
  }
}
