// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.HashMap;
import java.util.Map;

/** The code spans and escapes of one line: inside them a comment mark is a text like any other. */
final class CodeSpans {

  private final String line;
  private final Map<Integer, Integer> lastRuns = new HashMap<>();

  CodeSpans(String line) {
    this.line = line;
    for (int i = line.indexOf('`'); i >= 0; i = line.indexOf('`', i)) {
      int length = run(line, i);
      lastRuns.put(length, i);
      i += length;
    }
  }

  /** Where the plain text, escaped character or code span that begins at {@code at} ends. */
  int endOfUnit(int at) {
    return switch (line.charAt(at)) {
      case '\\' -> Math.min(line.length(), at + 2);
      case '`' -> endOfSpan(at);
      default -> endOfPlainText(at + 1);
    };
  }

  private int endOfSpan(int at) {
    int length = run(line, at);
    int close = at + length;
    if (lastRuns.getOrDefault(length, -1) <= at) {
      return close;
    }
    do {
      close = line.indexOf('`', close);
      int found = run(line, close);
      close += found;
      if (found == length) {
        return close;
      }
    } while (true);
  }

  private int endOfPlainText(int from) {
    int end = from;
    while (end < line.length() && "\\`<".indexOf(line.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** How often the character at {@code from} is repeated there. */
  static int run(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == text.charAt(from)) {
      end++;
    }
    return end - from;
  }
}
