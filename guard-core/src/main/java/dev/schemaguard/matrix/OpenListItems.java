// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list items of a Markdown document that are open at a line. Text that is indented below them
 * is their content, not code. Lines are passed without tabs, so that columns are positions.
 */
final class OpenListItems {

  private static final int CODE_INDENT = 4;
  private static final Pattern MARK = Pattern.compile("(?:[-*+]|\\d{1,9}[.)])(?= |$)");
  private static final Pattern BLOCK = Pattern.compile("#{1,6}(?: |$)|[><]|```|~~~");

  private final Deque<Integer> columns = new ArrayDeque<>();

  /** Returns the column at which the content of the innermost item begins; 0 outside of lists. */
  int column() {
    return columns.isEmpty() ? 0 : columns.peek();
  }

  /**
   * Processes a line that is neither blank nor inside a fence or comment.
   *
   * @param afterParagraph whether the previous line is a paragraph, which this line may then
   *     continue, whatever its indentation
   * @return where the text begins, after the list marks of the line
   */
  int enter(String line, boolean afterParagraph) {
    int text = firstText(line, 0);
    Matcher mark = MARK.matcher(line).region(text, line.length());
    boolean item = !isThematicBreak(line) && mark.lookingAt();
    boolean block =
        item
            || isThematicBreak(line)
            || BLOCK.matcher(line).region(text, line.length()).lookingAt();
    while (column() > text && (block || !afterParagraph)) {
      columns.pop();
    }
    while (item && text - column() < CODE_INDENT) {
      int next = firstText(line, mark.end());
      boolean farAway = next == line.length() || next - mark.end() > CODE_INDENT;
      columns.push(farAway ? mark.end() + 1 : next);
      text = next;
      item = mark.region(text, line.length()).lookingAt();
    }
    return text;
  }

  /**
   * Returns whether the line is a thematic break: only {@code -}, {@code *} or {@code _}, three or
   * more times.
   */
  static boolean isThematicBreak(String line) {
    int first = firstText(line, 0);
    if (first == line.length() || "-*_".indexOf(line.charAt(first)) < 0) {
      return false;
    }
    int marks = 0;
    for (int i = first; i < line.length(); i++) {
      if (line.charAt(i) == line.charAt(first)) {
        marks++;
      } else if (line.charAt(i) != ' ') {
        return false;
      }
    }
    return marks >= 3;
  }

  /** Returns the position of the first character from {@code from} on that is not a space. */
  static int firstText(String line, int from) {
    int at = from;
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at;
  }
}
