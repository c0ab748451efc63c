// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A terminal on which a line can be drawn again.
 *
 * @param width its columns
 */
record Terminal(int width) {

  private static final int USUAL_WIDTH = 80;
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Pattern DEVICE = Pattern.compile("/dev/(?:pts/|tty|console).*");
  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,3}");

  /** The one that standard error is shown on; empty in a log, a pipe or a file. */
  static Optional<Terminal> ofStandardError() {
    return isDevice(STANDARD_ERROR) && isConsole() ? of(System::getenv) : Optional.empty();
  }

  /** Whether a person at a terminal can be asked a question. */
  static boolean isInteractive() {
    return isDevice(STANDARD_INPUT) && isDevice(STANDARD_ERROR) && isConsole();
  }

  /** What the environment says of the terminal; empty if no line can be drawn again there. */
  static Optional<Terminal> of(Function<String, @Nullable String> environment) {
    String kind = environment.apply("TERM");
    if (kind == null || kind.isBlank() || kind.equals("dumb")) {
      return Optional.empty();
    }
    String columns = environment.apply("COLUMNS");
    boolean told = columns != null && COLUMNS.matcher(columns).matches();
    return Optional.of(new Terminal(told ? Integer.parseInt(columns) : USUAL_WIDTH));
  }

  /**
   * The text, cut so that it ends before the last column: a character there makes some terminals
   * wrap.
   *
   * @param mark what stands for the rest of a text that is cut
   */
  String fit(String text, String mark) {
    int room = width - 1;
    if (columns(text) <= room) {
      return text;
    }
    StringBuilder fitting = new StringBuilder(width);
    int left = room - columns(mark);
    for (int character : text.codePoints().toArray()) {
      left -= columns(character);
      if (left < 0) {
        break;
      }
      fitting.appendCodePoint(character);
    }
    return columns(mark) > room ? "" : fitting + mark;
  }

  private static int columns(String text) {
    return text.codePoints().map(Terminal::columns).sum();
  }

  /** From Hangul on, but for punctuation and symbols, a terminal gives most characters two. */
  private static int columns(int character) {
    return character < 0x1100 || (character >= 0x2000 && character < 0x2E80) ? 1 : 2;
  }

  /** Whether a stream leads to a terminal, as far as the system shows where it leads. */
  static boolean isDevice(Path stream) {
    try {
      // Only read: in a container the device that is named need not be there.
      return DEVICE.matcher(Files.readSymbolicLink(stream).toString()).matches();
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }

  /** Whether standard input and output are those of a terminal. */
  @SuppressWarnings("SystemConsoleNull") // Null on the older JDKs; the newer ones are asked below.
  private static boolean isConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22 there is a console even without a terminal, and this method to ask it.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
