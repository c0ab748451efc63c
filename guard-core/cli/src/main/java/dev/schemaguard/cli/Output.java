// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.text.VisibleText;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** Prints results. It contains the options that every command has. */
final class Output {

  /** The formats of a result. */
  enum Format {
    TEXT,
    JSON
  }

  private static final Map<Character, String> ASCII =
      Map.ofEntries(
          Map.entry('→', "->"),
          Map.entry('…', "..."),
          Map.entry('✔', "[OK]"),
          Map.entry('✖', "[X]"),
          Map.entry('▶', ">"),
          Map.entry('◀', "<"),
          Map.entry('▼', "v"),
          Map.entry('—', "-"),
          Map.entry('–', "-"),
          Map.entry('●', "#"),
          Map.entry('○', "o"),
          Map.entry('✕', "x"),
          Map.entry('─', "-"),
          Map.entry('·', "-"));

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "${env:SCHEMA_GUARD_FORMAT:-text}",
      description = "Form of the result on standard output.")
  private Format format = Format.TEXT;

  @Option(
      names = "--environment",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_ENVIRONMENT}",
      description = "The environment, such as staging, that a result names.")
  private @Nullable String environment;

  @Option(names = "--plain", description = "ASCII only, and no colour.")
  private boolean plain;

  @Option(names = "--stacktrace", description = "Print the stack trace of a failure.")
  @SuppressWarnings("unused") // Failure finds this field by its name.
  private boolean stacktrace;

  private @Nullable Wrapping wrapping;
  private @Nullable Wrapping errorWrapping;

  /** Creates the output of a command with its options. */
  Output() {}

  /** Creates an output of text, in ASCII if {@code plain} is true. */
  Output(boolean plain) {
    this.plain = plain;
  }

  /**
   * Returns the name of the checked application as results show it: {@code orders 1.4.2 (staging)}.
   */
  String named(String application) {
    return environment == null || environment.isBlank()
        ? application
        : application + " (" + environment.strip() + ")";
  }

  boolean isJson() {
    return format == Format.JSON;
  }

  /**
   * Prints lines for people, wrapped between words if they do not fit the terminal.
   *
   * @param text its line feeds must be the command's own; text from elsewhere must not contain any
   */
  void print(String text) {
    write(System.out, wrapping().of(shown(text)));
  }

  /** Prints one line for people; line feeds in it are escaped. */
  void printLine(String text) {
    print(VisibleText.of(text));
  }

  /**
   * Prints one line for people that begins with a label.
   *
   * @param indent the column at which the value and its continuation lines begin
   */
  void printLine(String label, int indent, @Nullable String value) {
    String line = label + " ".repeat(Math.max(1, indent - label.length())) + value;
    write(System.out, wrapping().line(shown(VisibleText.of(line)), indent));
  }

  /** Prints the result, in bold green or bold red on a terminal. */
  void printAnswer(boolean good, String text) {
    String shown = wrapping().of(shown(VisibleText.of(text)));
    boolean colour = !plain && System.getenv("NO_COLOR") == null && Ansi.AUTO.enabled();
    writeRaw(
        System.out,
        colour ? (good ? "\u001B[1;32m" : "\u001B[1;31m") + shown + "\u001B[0m" : shown);
  }

  /** Prints a result for programs, unchanged except that unprintable characters are escaped. */
  void printRaw(String text) {
    write(System.out, text);
  }

  /** Prints one line of diagnostics; line feeds in it are escaped. */
  void report(String text) {
    reportLines(VisibleText.of(text));
  }

  /** Prints lines of diagnostics; their line feeds must be the command's own. */
  void reportLines(String text) {
    if (errorWrapping == null) {
      errorWrapping = Terminal.wrappingOfStandardError();
    }
    write(System.err, errorWrapping.of(shown(text)));
  }

  /** Returns how lines of standard output are wrapped; determined once. */
  Wrapping wrapping() {
    if (wrapping == null) {
      wrapping = Terminal.wrappingOfStandardOutput();
    }
    return wrapping;
  }

  /**
   * Returns the text as it is printed, with invisible characters escaped, and in ASCII if
   * requested. On a console, it has only characters of the console's encoding.
   */
  String shown(String text) {
    String visible = VisibleText.lines(text);
    return plain ? ascii(visible) : ConsoleEncoding.of(System.out).fit(visible);
  }

  /**
   * Writes lines in UTF-8, or on a console in its encoding; unprintable characters are escaped. The
   * encoding of the platform does not matter.
   */
  static void write(PrintStream stream, String text) {
    writeRaw(stream, VisibleText.lines(text));
  }

  private static void writeRaw(PrintStream stream, String text) {
    ConsoleEncoding encoding = ConsoleEncoding.of(stream);
    PrintStream encoded = new PrintStream(stream, true, encoding.charset());
    encoded.println(encoding.fit(text));
  }

  /** Returns the text with non-ASCII characters replaced by similar ones, or else escaped. */
  static String ascii(String text) {
    StringBuilder ascii = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ascii.append(
          c < 128 ? String.valueOf(c) : ASCII.getOrDefault(c, String.format("\\u%04x", (int) c)));
    }
    return ascii.toString();
  }
}
