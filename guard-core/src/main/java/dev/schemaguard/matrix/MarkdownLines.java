// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a Markdown document with what a repository host would not render as text taken out:
 * HTML comments, fenced code and, where it stands after a blank line, indented code.
 */
final class MarkdownLines {

  /**
   * A line of the document.
   *
   * @param number counted from 1
   * @param text the line without comments; empty inside code
   * @param blank whether the line ends a table: blank as written, not merely emptied of a comment
   * @param fenced whether the line belongs to a fence
   */
  record Line(int number, String text, boolean blank, boolean fenced) {}

  private final String origin;
  private final List<Line> lines = new ArrayList<>();
  private boolean inComment;
  private int commentLine;
  private @Nullable String fence;
  private int fenceLine;

  private MarkdownLines(String origin) {
    this.origin = origin;
  }

  /**
   * All lines of {@code document}.
   *
   * @throws ConfigurationException if a fence or comment is not closed, for then nobody can say
   *     what the rest of the document means
   */
  static List<Line> of(String document, String origin) {
    MarkdownLines scan = new MarkdownLines(origin);
    int number = 0;
    for (String line : document.split("\r?\n|\r", -1)) {
      scan.add(line, ++number);
    }
    scan.requireClosed();
    return scan.lines;
  }

  private void add(String line, int number) {
    if (fence != null) {
      if (closesFence(line, fence)) {
        fence = null;
      }
      lines.add(new Line(number, "", false, true));
      return;
    }
    String opened = inComment ? null : fenceMark(line);
    if (opened != null) {
      fence = opened;
      fenceLine = number;
      lines.add(new Line(number, "", false, true));
      return;
    }
    lines.add(new Line(number, withoutComments(line, number), line.isBlank(), false));
  }

  private String withoutComments(String line, int number) {
    StringBuilder text = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      String mark = inComment ? "-->" : "<!--";
      int next = line.indexOf(mark, at);
      if (!inComment) {
        text.append(line, at, next < 0 ? line.length() : next);
      }
      if (next < 0) {
        break;
      }
      inComment = !inComment;
      commentLine = number;
      at = next + mark.length();
    }
    return text.toString();
  }

  /** The run of backticks or tildes that opens a fence on this line, or null. */
  private static @Nullable String fenceMark(String line) {
    String text = line.stripLeading();
    if (line.length() - text.length() > 3 || !(text.startsWith("```") || text.startsWith("~~~"))) {
      return null;
    }
    int length = run(text);
    boolean inlineCode = text.charAt(0) == '`' && text.indexOf('`', length) >= 0;
    return inlineCode ? null : text.substring(0, length);
  }

  private static boolean closesFence(String line, String fence) {
    String text = line.strip();
    return text.startsWith(fence) && run(text) == text.length();
  }

  private static int run(String text) {
    int length = 0;
    while (length < text.length() && text.charAt(length) == text.charAt(0)) {
      length++;
    }
    return length;
  }

  private void requireClosed() {
    if (fence != null || inComment) {
      throw new ConfigurationException(
          origin + ":" + (inComment ? commentLine : fenceLine),
          (inComment ? "the comment" : "the code fence") + " that begins here is never closed",
          "Close it, so that the rest of the document is read.");
    }
  }
}
