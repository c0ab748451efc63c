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
 * The terminal that a command is shown on.
 *
 * @param width its columns
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
   * Returns the terminal that standard error is shown on, if a line can be drawn again there; empty
   * in a log, a pipe or a file.
   */
  static Optional<Terminal> ofStandardError() {
    String kind = System.getenv("TERM");
    return isDrawable(kind) && isDevice(STANDARD_ERROR) && isConsole()
        ? Optional.of(current())
        : Optional.empty();
  }

  /** Whether a person at a terminal can be asked a question. */
  static boolean isInteractive() {
    return isDevice(STANDARD_INPUT) && isDevice(STANDARD_ERROR) && isConsole();
  }

  /** Returns how lines of standard output are broken: not at all if it is not a terminal. */
  static Wrapping wrappingOfStandardOutput() {
    return wrapping(STANDARD_OUTPUT);
  }

  /** Returns how lines of standard error are broken: not at all if it is not a terminal. */
  static Wrapping wrappingOfStandardError() {
    return wrapping(STANDARD_ERROR);
  }

  private static Wrapping wrapping(Path stream) {
    boolean shown = Files.isSymbolicLink(stream) ? isDevice(stream) : isConsole();
    return shown ? new Wrapping(current().width()) : Wrapping.NONE;
  }

  /** Returns whether a line can be drawn again on a terminal of this kind, as TERM names it. */
  static boolean isDrawable(@Nullable String kind) {
    return kind != null && !kind.isBlank() && !kind.equals("dumb");
  }

  private static Terminal current() {
    return of(System.getenv("COLUMNS"), Terminal::size);
  }

  /**
   * Returns the terminal of the width that the environment gives, else of its own, else of 80.
   *
   * @param columns the variable COLUMNS, or null
   * @param size asks the terminal, and answers as {@code stty size} does: {@code 24 80}
   */
  static Terminal of(@Nullable String columns, Supplier<String> size) {
    int width = width(columns);
    if (width == 0) {
      String answer = size.get().strip();
      width = width(answer.substring(answer.lastIndexOf(' ') + 1));
    }
    return new Terminal(width == 0 ? USUAL_WIDTH : Math.max(NARROWEST, width));
  }

  /** Returns the number of columns; 0 if the text is not one. */
  private static int width(@Nullable String columns) {
    return columns != null && COLUMNS.matcher(columns).matches() ? Integer.parseInt(columns) : 0;
  }

  /** Returns what the terminal says of its size; empty if it cannot be asked. */
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

  /** Returns how many columns the text takes. */
  static int columns(String text) {
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
