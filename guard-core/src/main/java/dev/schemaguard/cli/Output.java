// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** How results are printed: the options that every command has, and the printing itself. */
final class Output {

  /** The forms of a result. */
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

  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+");

  @Option(
      names = "--format",
      paramLabel = "text|json",
      defaultValue = "${env:SCHEMA_GUARD_FORMAT:-text}",
      description = "Form of the result on standard output.")
  private Format format = Format.TEXT;

  @Option(names = "--plain", description = "ASCII only, and no colour.")
  private boolean plain;

  @Option(names = "--stacktrace", description = "Print the stack trace of a failure.")
  @SuppressWarnings("unused") // Failure looks it up by its name.
  private boolean stacktrace;

  boolean isJson() {
    return format == Format.JSON;
  }

  /** Prints a result for people. */
  void print(String text) {
    write(System.out, shown(text));
  }

  /** Prints a result for programs, as it is. */
  void printRaw(String text) {
    write(System.out, text);
  }

  /** Prints a diagnostic. */
  void report(String text) {
    write(System.err, shown(text));
  }

  /** The text as it is printed: in ASCII where that is asked for. */
  String shown(String text) {
    return plain ? ascii(text) : text;
  }

  /** The text on one line, without what a terminal would obey or hide. */
  static String oneLine(String text) {
    return UNPRINTABLE.matcher(text).replaceAll(" ").strip();
  }

  /** Writes a line in UTF-8, whatever the platform's encoding is. */
  static void write(PrintStream stream, String text) {
    PrintStream utf8 = new PrintStream(stream, true, StandardCharsets.UTF_8);
    utf8.println(text);
  }

  /** The text in bold green or bold red on a terminal. */
  String coloured(boolean good, String text) {
    boolean colour = !plain && System.getenv("NO_COLOR") == null && Ansi.AUTO.enabled();
    return colour ? (good ? "\u001B[1;32m" : "\u001B[1;31m") + text + "\u001B[0m" : text;
  }

  /** The text with what is not ASCII replaced by what resembles it, or else escaped. */
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
