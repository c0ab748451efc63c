// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.ConfigurationException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the user to choose one of several numbered answers.
 *
 * @param show prints a line
 * @param read reads a line; it returns null at the end of the input
 */
record InitChoice(Consumer<String> show, Supplier<@Nullable String> read) {

  private static final int MOST_QUESTIONS = 3;

  /** Returns a choice on the terminal of this process; empty if the process has none. */
  static Optional<InitChoice> onTerminal() {
    if (!Terminal.isInteractive()) {
      return Optional.empty();
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    return Optional.of(new InitChoice(System.err::println, () -> line(in)));
  }

  private static @Nullable String line(BufferedReader in) {
    try {
      return in.readLine();
    } catch (IOException e) {
      return null;
    }
  }

  /**
   * Asks the user to choose one of these places, and returns its index.
   *
   * @throws ConfigurationException if none was chosen
   */
  Optional<Integer> of(List<String> places) {
    show.accept(
        "There are several places with migrations. Which one makes this application's database?");
    for (int i = 0; i < places.size(); i++) {
      show.accept("  " + (i + 1) + "  " + places.get(i));
    }
    for (int i = 0; i < MOST_QUESTIONS; i++) {
      show.accept("Number (1-" + places.size() + "):");
      String answer = read.get();
      if (answer == null) {
        break;
      }
      if (answer.strip().matches("\\d{1,4}")) {
        int number = Integer.parseInt(answer.strip());
        if (number >= 1 && number <= places.size()) {
          return Optional.of(number - 1);
        }
      }
    }
    throw new ConfigurationException(
        "init", "none of the places was chosen", "Run init again, or name the place by an option.");
  }
}
