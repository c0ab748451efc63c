// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Wraps lines between words so that they fit a terminal. Continuation lines are indented to the
 * value: behind the label if there is one ({@code why the table …}), else two spaces more than the
 * line itself.
 *
 * @param width the columns of the terminal; the last one stays empty
 */
record Wrapping(int width) {

  /** Does not wrap anything; used for logs, pipes and files. */
  static final Wrapping NONE = new Wrapping(Integer.MAX_VALUE);

  /** A label, such as {@code do now} or {@code ✖}, and the spaces before its value. */
  private static final Pattern LABEL =
      Pattern.compile(
          "(?: *\\S+(?: \\S+){0,2} {2,}| *[✔✖-] | *\\[(?:OK|X)] | *\\d{1,2}\\. )(?=\\S)");

  private static final int DEEPEST = 24;
  private static final int DEEPER = 2;
  private static final Pattern WORD = Pattern.compile("( *)(\\S+)");

  /** Returns the text with every line wrapped that does not fit. */
  String of(String text) {
    if (width == Integer.MAX_VALUE) {
      return text;
    }
    StringBuilder wrapped = new StringBuilder(text.length() + 64);
    String separator = "";
    for (String line : text.split("\n", -1)) {
      wrapped.append(separator).append(line(line, indent(line)));
      separator = "\n";
    }
    return wrapped.toString();
  }

  /** Returns one line, wrapped if it does not fit, and continued at column {@code indent}. */
  String line(String line, int indent) {
    if (Terminal.columns(line) < width) {
      return line;
    }
    StringBuilder wrapped = new StringBuilder(line.length() + 64);
    int hanging = Math.min(indent, width / 2);
    int column = 0;
    boolean first = true;
    Matcher word = WORD.matcher(line);
    while (word.find()) {
      int blanks = word.group(1).length();
      int columns = Terminal.columns(word.group(2));
      if (!first && column + blanks + columns >= width && column > hanging) {
        wrapped.append('\n').append(" ".repeat(hanging));
        column = hanging;
        blanks = 0;
      }
      wrapped.append(" ".repeat(blanks)).append(word.group(2));
      column += blanks + columns;
      first = false;
    }
    return wrapped.toString();
  }

  private static int indent(String line) {
    Matcher label = LABEL.matcher(line);
    if (label.lookingAt() && label.end() <= DEEPEST) {
      return label.end();
    }
    int blanks = 0;
    while (blanks < line.length() && line.charAt(blanks) == ' ') {
      blanks++;
    }
    return blanks + DEEPER;
  }
}
