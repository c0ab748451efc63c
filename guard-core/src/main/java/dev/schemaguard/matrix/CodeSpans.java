// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.HashMap;
import java.util.Map;

/**
 * Finds the code spans and escapes of one line. Inside them, a comment delimiter is ordinary text.
 */
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

  /**
   * Returns the position where the plain text, escaped character or code span that begins at {@code
   * at} ends.
   */
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

  /** Returns how often the character at {@code from} is repeated from there on. */
  static int run(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) == text.charAt(from)) {
      end++;
    }
    return end - from;
  }
}
