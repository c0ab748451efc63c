// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The terminal on which a command's output is shown.
 *
 * @param width its number of columns
 */
record Terminal(int width) {

  private static final int USUAL_WIDTH = 80;
  private static final Path STANDARD_INPUT = Path.of("/proc/self/fd/0");
  private static final int NARROWEST = 20;
  private static final long SECONDS_TO_ANSWER = 2;
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");
  private static final Path CONTROLLING = Path.of("/dev/tty");
  private static final Pattern DEVICE = Pattern.compile("/dev/(?:pts/|tty|console).*");
  private static final Pattern COLUMNS = Pattern.compile("[1-9]\\d{0,3}");

  /**
   * Returns the terminal of standard error if a line can be redrawn on it; empty for a log, a pipe
   * or a file.
   */
  static Optional<Terminal> ofStandardError() {
    String kind = System.getenv("TERM");
    return isDrawable(kind) && isDevice(STANDARD_ERROR) && isConsole()
        ? Optional.of(current())
        : Optional.empty();
  }

  /** Returns whether a user at a terminal can be asked a question. */
  static boolean isInteractive() {
    return isDevice(STANDARD_INPUT) && isDevice(STANDARD_ERROR) && isConsole();
  }

  /** Returns how lines of standard output are wrapped: not at all if it is not a terminal. */
  static Wrapping wrappingOfStandardOutput() {
    return wrapping(STANDARD_OUTPUT);
  }

  /** Returns how lines of standard error are wrapped: not at all if it is not a terminal. */
  static Wrapping wrappingOfStandardError() {
    return wrapping(STANDARD_ERROR);
  }

  private static Wrapping wrapping(Path stream) {
    return isTerminal(stream) ? new Wrapping(current().width()) : Wrapping.NONE;
  }

  /** Returns whether standard output is shown on a terminal. */
  static boolean isStandardOutput() {
    return isTerminal(STANDARD_OUTPUT);
  }

  /** Returns whether standard error is shown on a terminal. */
  static boolean isStandardError() {
    return isTerminal(STANDARD_ERROR);
  }

  private static boolean isTerminal(Path stream) {
    return Files.isSymbolicLink(stream) ? isDevice(stream) : isConsole();
  }

  /** Returns whether a line can be redrawn on this kind of terminal, as named by TERM. */
  static boolean isDrawable(@Nullable String kind) {
    return kind != null && !kind.isBlank() && !kind.equals("dumb");
  }

  private static Terminal current() {
    return of(System.getenv("COLUMNS"), Terminal::size);
  }

  /**
   * Returns a terminal with the width in the environment, else the terminal's own width, else 80.
   *
   * @param columns the variable COLUMNS, or null
   * @param size returns the terminal's size in the format of {@code stty size}: {@code 24 80}
   */
  static Terminal of(@Nullable String columns, Supplier<String> size) {
    int width = width(columns);
    if (width == 0) {
      String answer = size.get().strip();
      width = width(answer.substring(answer.lastIndexOf(' ') + 1));
    }
    return new Terminal(width == 0 ? USUAL_WIDTH : Math.max(NARROWEST, width));
  }

  /** Returns the number of columns; 0 if the text is not a number of columns. */
  private static int width(@Nullable String columns) {
    return columns != null && COLUMNS.matcher(columns).matches() ? Integer.parseInt(columns) : 0;
  }

  /** Returns the terminal's size as text; empty if it cannot be determined. */
  private static String size() {
    if (!Files.exists(CONTROLLING)) {
      return "";
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(CONTROLLING.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      stty.getOutputStream().close();
      if (!stty.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /**
   * Returns the text, cut before the last column, because a character in that column makes some
   * terminals wrap.
   *
   * @param mark replaces the end of a text that is cut
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

  /** Returns the number of columns that the text occupies. */
  static int columns(String text) {
    return text.codePoints().map(Terminal::columns).sum();
  }

  /** From Hangul on, most characters except punctuation and symbols occupy two columns. */
  private static int columns(int character) {
    return character < 0x1100 || (character >= 0x2000 && character < 0x2E80) ? 1 : 2;
  }

  /** Returns whether a stream is connected to a terminal, as far as the system provides this. */
  static boolean isDevice(Path stream) {
    try {
      // The link is only read, because in a container the device may not exist.
      return DEVICE.matcher(Files.readSymbolicLink(stream).toString()).matches();
    } catch (IOException | UnsupportedOperationException e) {
      return true;
    }
  }

  /** Null on older JDKs; newer JDKs are handled below. */
  @SuppressWarnings("SystemConsoleNull") // Null on older JDKs; newer JDKs are handled below.
  private static boolean isConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since JDK 22, a console exists even without a terminal; this method then distinguishes the
      // two.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
