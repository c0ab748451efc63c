// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

/**
 * The text of a source file in Java, Kotlin, Groovy or Scala.
 *
 * @param whole the original text
 * @param code the text with comments and quoted parts replaced by spaces, so that a position is the
 *     same in both
 */
record JvmText(String whole, String code) {

  /** Returns the text of a file, together with a version without comments and quoted parts. */
  static JvmText of(String text) {
    StringBuilder code = new StringBuilder(text);
    int at = 0;
    while (at < text.length()) {
      int end = at;
      if (text.startsWith("//", at)) {
        end = endOfLine(text, at);
      } else if (text.startsWith("/*", at)) {
        end = endOfComment(text, at);
      } else if (text.startsWith("\"\"\"", at) || text.startsWith("'''", at)) {
        end = after(text, text.substring(at, at + 3), at + 3);
      } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
        end = endOfQuote(text, at);
      }
      for (int i = at; i < end; i++) {
        if (text.charAt(i) != '\n') {
          code.setCharAt(i, ' ');
        }
      }
      at = Math.max(end, at + 1);
    }
    return new JvmText(text, code.toString());
  }

  private static int endOfLine(String text, int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end;
  }

  /**
   * Uses the first end, although comments nest in Kotlin and Scala, because nested comments are
   * rare.
   */
  private static int endOfComment(String text, int from) {
    return after(text, "*/", from + 2);
  }

  private static int after(String text, String end, int from) {
    int found = text.indexOf(end, from);
    return found < 0 ? text.length() : found + end.length();
  }

  /** A quote that is not closed on its line is not a string, as in {@code 'a} of Scala. */
  private static int endOfQuote(String text, int from) {
    for (int i = from + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == text.charAt(from)) {
        return i + 1;
      }
    }
    return from + 1;
  }

  /** Returns the position after the bracket that closes the one at {@code open}. */
  int close(int open) {
    char opening = code.charAt(open);
    char closing = opening == '(' ? ')' : opening == '<' ? '>' : '}';
    int depth = 0;
    for (int i = open; i < code.length(); i++) {
      if (code.charAt(i) == opening) {
        depth++;
      } else if (code.charAt(i) == closing && --depth == 0) {
        return i + 1;
      }
    }
    return code.length();
  }

  /**
   * Returns the code with everything in braces replaced by spaces, so that positions stay the same.
   */
  String surface() {
    StringBuilder surface = new StringBuilder(code);
    int depth = 0;
    for (int i = 0; i < surface.length(); i++) {
      char c = surface.charAt(i);
      depth -= c == '}' ? 1 : 0;
      if (depth > 0) {
        surface.setCharAt(i, ' ');
      }
      depth += c == '{' ? 1 : 0;
    }
    return surface.toString();
  }
}
