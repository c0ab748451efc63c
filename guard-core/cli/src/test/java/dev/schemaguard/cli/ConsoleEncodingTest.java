// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is printed on a console that is not UTF-8, such as that of Windows. */
class ConsoleEncodingTest {

  @ParameterizedTest
  @CsvSource({
    ", , UTF-8",
    "cp437, , IBM437",
    ", Cp1252, windows-1252",
    "Cp1252, cp437, windows-1252",
    "ms932, , windows-31j",
    "UTF-8, , UTF-8",
    "ANSI_X3.4-1968, , UTF-8",
    "no such, , UTF-8",
    "'', , UTF-8"
  })
  void theEncodingIsThatOfTheConsole(String first, String second, String expected) {
    assertThat(ConsoleEncoding.named(first, second).charset()).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "Cp437, '✔ 0.5 → 0.6 · müller …', '[OK] 0.5 -> 0.6 · müller ...'",
    "Cp1252, '✔ 0.5 → 0.6 · müller …', '[OK] 0.5 -> 0.6 · müller …'",
    "Cp1252, 'データ 💾', '\\u30c7\\u30fc\\u30bf \\ud83d\\udcbe'",
    "UTF-8, '✔ データ 💾', '✔ データ 💾'"
  })
  void whatItCannotShowIsReplaced(String charset, String text, String shown) {
    assertThat(new ConsoleEncoding(Charset.forName(charset)).fit(text)).isEqualTo(shown);
  }

  @Test
  void theHelpOfEveryCommandIsAscii() {
    CommandLine line = Subcommands.commandLine();
    assertThat(line.getSubcommands()).isNotEmpty();
    assertThat(line.getUsageMessage()).matches("\\p{ASCII}*");
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getUsageMessage()).as(name).matches("\\p{ASCII}*");
              command
                  .getSubcommands()
                  .values()
                  .forEach(
                      below -> assertThat(below.getUsageMessage()).as(name).matches("\\p{ASCII}*"));
            });
  }

  /** A console of Windows, played by a terminal and by what a JVM on Windows says about it. */
  @Nested
  @RequiresTerminal
  class OnATerminal {

    private static final List<String> EXPLAIN = List.of("explain", "GUARD-UNREACHABLE-DATASOURCE");

    @Test
    void withACodePageNothingIsGarbled() throws Exception {
      for (String prefix : List.of("", "sun.")) {
        String shown = on("IBM437", prefix, Charset.forName("IBM437"));

        assertThat(shown)
            .as(prefix)
            .contains("TargetDataSource(...)")
            .doesNotContain("?", "\uFFFD", "…");
      }
    }

    @Test
    void withUtf8NothingIsReplaced() throws Exception {
      assertThat(on("UTF-8", "", StandardCharsets.UTF_8)).contains("TargetDataSource(…)");
    }

    private static String on(String encoding, String prefix, Charset charset) throws Exception {
      CliProcess.Running running =
          new CliProcess()
              .startClassOnTerminal(
                  List.of(
                      "-D" + prefix + "stdout.encoding=" + encoding,
                      "-D" + prefix + "stderr.encoding=" + encoding),
                  Main.class.getName(),
                  EXPLAIN);
      running.end();
      return Files.readString(running.out(), charset);
    }
  }

  /** A file is read by programs, which expect UTF-8. */
  @Test
  void aFileIsUtf8WhateverTheConsoleShows(@TempDir Path temp) throws Exception {
    CliProcess.Result result =
        new CliProcess()
            .in(temp)
            .runClass(
                System.getProperty("java.class.path"),
                "-Dstdout.encoding=IBM437",
                Main.class.getName(),
                "explain",
                "GUARD-UNREACHABLE-DATASOURCE");

    assertThat(result.out()).contains("TargetDataSource(…)");
  }
}
