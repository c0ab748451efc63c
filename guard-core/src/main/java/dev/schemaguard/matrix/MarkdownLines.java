// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a Markdown document, without the parts that a repository host would not render as
 * text: HTML comments, fenced code and indented code.
 */
final class MarkdownLines {

  /** The way in which the host interprets a line. */
  enum Kind {
    TEXT,
    /**
     * Blank as written, which ends a table. A line that is blank only because a comment was removed
     * is not of this kind.
     */
    BLANK,
    INDENTED_CODE,
    FENCED
  }

  /**
   * A line of the document.
   *
   * @param number counted from 1
   * @param text the line without comments, tabs and other blanks written as spaces; empty in a
   *     fence
   */
  record Line(int number, String text, Kind kind) {}

  /**
   * A fence or comment that is still open.
   *
   * @param column the column where the content of its list item begins; 0 outside of lists
   * @param inline whether text precedes it on its line, so that a blank line must not follow
   */
  private record Open(String mark, int line, int column, boolean inline) {}

  private static final Pattern HEADING = Pattern.compile(" {0,3}#{1,6}(?: .*+)?");
  private static final String COMMENT = "<!--";
  private static final int TAB = 4;

  private final String origin;
  private final List<Line> lines = new ArrayList<>();
  private final OpenListItems items = new OpenListItems();
  private boolean paragraph;
  private @Nullable Open fence;
  private @Nullable Open comment;

  private MarkdownLines(String origin) {
    this.origin = origin;
  }

  /**
   * Returns all lines of {@code document}.
   *
   * @throws ConfigurationException if a fence or comment is not closed, because the meaning of the
   *     rest of the document is then unknown
   */
  static List<Line> of(String document, String origin) {
    MarkdownLines scan = new MarkdownLines(origin);
    int number = 0;
    for (String line : TextLines.of(document)) {
      scan.add(withPlainBlanks(line), ++number);
    }
    scan.requireClosed(scan.fence, "code fence");
    scan.requireClosed(scan.comment, "comment");
    return scan.lines;
  }

  /**
   * Returns the line with each kind of blank replaced by a space, and each tab by the number of
   * spaces that it stands for.
   */
  private static String withPlainBlanks(String line) {
    StringBuilder plain = new StringBuilder(line.length());
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        plain.append(" ".repeat(TAB - plain.length() % TAB));
      } else {
        plain.append(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c);
      }
    }
    return plain.toString();
  }

  private void add(String line, int number) {
    int indent = OpenListItems.firstText(line, 0);
    if (fence != null && (line.isBlank() || indent >= fence.column())) {
      addFenced(line, number, fence);
    } else if (line.isBlank()) {
      requireNoInlineComment();
      lines.add(new Line(number, "", Kind.BLANK));
      paragraph = false;
    } else if (comment != null) {
      requireWithinListItem(comment, indent);
      lines.add(new Line(number, withoutComments(line, number, 0, comment.inline()), Kind.TEXT));
      paragraph = false;
    } else {
      // The end of a list item also ends the fence inside it.
      fence = null;
      addText(line, number, indent);
    }
  }

  private void addFenced(String line, int number, Open opened) {
    boolean indented = OpenListItems.firstText(line, 0) - opened.column() >= TAB;
    if (!indented && closesFence(line, opened.mark())) {
      fence = null;
    }
    lines.add(new Line(number, "", Kind.FENCED));
    paragraph = false;
  }

  private void addText(String line, int number, int indent) {
    int text = items.enter(line, paragraph);
    boolean indented = text - items.column() >= TAB;
    String mark = indented ? null : fenceMark(line.substring(text));
    if (mark != null) {
      fence = new Open(mark, number, items.column(), false);
      lines.add(new Line(number, "", Kind.FENCED));
      paragraph = false;
    } else if (indented && (!paragraph || text > indent)) {
      lines.add(new Line(number, line, Kind.INDENTED_CODE));
      paragraph = false;
    } else {
      boolean inline = indented || !line.startsWith(COMMENT, text);
      String visible = withoutComments(line, number, inline ? 0 : text, inline);
      lines.add(new Line(number, visible, Kind.TEXT));
      paragraph =
          !visible.isBlank()
              && !HEADING.matcher(line).matches()
              && !OpenListItems.isThematicBreak(line);
    }
  }

  private String withoutComments(String line, int number, int from, boolean inline) {
    // Text after a comment at the start of a line is no longer at the start of the line.
    StringBuilder text = new StringBuilder(comment == null && inline ? "" : " ");
    CodeSpans spans = new CodeSpans(line);
    int at = from;
    while (at < line.length()) {
      if (comment != null) {
        int end = line.indexOf("-->", at);
        if (end < 0) {
          break;
        }
        comment = null;
        at = end + "-->".length();
      } else if (line.startsWith(COMMENT, at)) {
        comment = new Open(COMMENT, number, items.column(), inline);
        // The host reads <!--> and <!---> as complete comments.
        at += "<!".length();
      } else {
        int next = spans.endOfUnit(at);
        text.append(line, at, next);
        at = next;
      }
    }
    return text.toString();
  }

  /**
   * Returns the run of backticks or tildes that opens a fence at the start of {@code text}, or
   * null.
   */
  private static @Nullable String fenceMark(String text) {
    if (!(text.startsWith("```") || text.startsWith("~~~"))) {
      return null;
    }
    int length = CodeSpans.run(text, 0);
    boolean inlineCode = text.charAt(0) == '`' && text.indexOf('`', length) >= 0;
    return inlineCode ? null : text.substring(0, length);
  }

  private static boolean closesFence(String line, String mark) {
    String text = line.strip();
    return text.startsWith(mark) && CodeSpans.run(text, 0) == text.length();
  }

  private void requireNoInlineComment() {
    if (comment != null && comment.inline()) {
      throw error(
          comment.line(),
          "the comment that begins in this line is not closed before a blank line, so the host"
              + " shows what it seems to hide",
          "Close it earlier, or begin it at the start of a line.");
    }
  }

  private void requireWithinListItem(Open opened, int indent) {
    if (indent < opened.column()) {
      throw error(
          opened.line(),
          "the comment that begins in this line is not closed inside its list item",
          "Close it there, or begin it at the start of a line outside the list.");
    }
  }

  private void requireClosed(@Nullable Open open, String what) {
    if (open != null) {
      throw error(
          open.line(),
          "the " + what + " that begins here is never closed",
          "Close it, so that the rest of the document is read.");
    }
  }

  private ConfigurationException error(int line, String what, String action) {
    return new ConfigurationException(origin + ":" + line, what, action);
  }
}
