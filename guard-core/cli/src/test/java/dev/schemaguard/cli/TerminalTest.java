// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTest {

  @ParameterizedTest
  @CsvSource({
    "132, 24 80, 132",
    "'', 24 80, 80",
    ", 24 120, 120",
    "0, 50 97, 97",
    "-5, 24 80, 80",
    "wide, 24 80, 80",
    "99999, 24 80, 80",
    ", 0 0, 80",
    ", '', 80",
    ", stty: 'stdin', 80",
    ", 10 3, 20"
  })
  void itsWidthIsThatOfTheEnvironmentOrItsOwnOrElseTheUsual(
      String columns, String size, int width) {
    assertThat(Terminal.of(columns, () -> size)).isEqualTo(new Terminal(width));
  }

  @ParameterizedTest
  @CsvSource({"xterm,true", "screen-256color,true", "dumb,false", "'',false", ",false"})
  void aLineIsDrawnAgainOnlyWhereTheTerminalCan(String kind, boolean drawable) {
    assertThat(Terminal.isDrawable(kind)).isEqualTo(drawable);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/dev/pts/990", "/dev/tty990", "/dev/console990"})
  void aTerminalIsADevice(String target, @TempDir Path temp) throws Exception {
    assertThat(Terminal.isDevice(Files.createSymbolicLink(temp.resolve("2"), Path.of(target))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"pipe:[4711]", "socket:[4711]", "/dev/null990", "/var/log/job990"})
  void aPipeOrFileIsNone(String target, @TempDir Path temp) throws Exception {
    assertThat(Terminal.isDevice(Files.createSymbolicLink(temp.resolve("2"), Path.of(target))))
        .isFalse();
  }

  @Test
  void aSystemThatDoesNotShowWhereAStreamLeadsIsBelieved(@TempDir Path temp) {
    assertThat(Terminal.isDevice(temp.resolve("2"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "123456789,…,123456789",
    "1234567890,…,12345678…",
    "1234567890,...,123456...",
    "データベース,…,データベ…",
    "12345 💾💾💾,…,12345 💾…"
  })
  void aTextEndsBeforeTheLastColumn(String text, String mark, String fitting) {
    assertThat(new Terminal(10).fit(text, mark)).isEqualTo(fitting);
  }

  @Test
  void nothingFitsWhereNotEvenTheMarkDoes() {
    assertThat(new Terminal(3).fit("1234567890", "...")).isEmpty();
  }
}
