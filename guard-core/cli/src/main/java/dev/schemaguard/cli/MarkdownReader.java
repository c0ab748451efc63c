// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import java.util.regex.Pattern;

/**
 * Converts a documentation page to text for a terminal. Each paragraph and each list item becomes
 * one line, which is wrapped at the terminal's width. Examples are indented, and links are replaced
 * by their text.
 */
final class MarkdownReader {

  private static final Pattern LINK = Pattern.compile("\\[([^\\]]+)]\\([^)]*\\)");
  private static final Pattern STRONG = Pattern.compile("\\*\\*(.+?)\\*\\*");
  private static final Pattern ITEM = Pattern.compile(" *(?:[-*]|\\d+\\.) .*");
  private static final String FENCE = "```";
  private static final String EXAMPLE = "    ";

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder paragraph = new StringBuilder();

  private MarkdownReader() {}

  /** Returns the page as text. */
  static String text(String markdown) {
    MarkdownReader reader = new MarkdownReader();
    boolean example = false;
    for (String line : markdown.lines().toList()) {
      if (line.strip().startsWith(FENCE)) {
        reader.end();
        example = !example;
      } else if (example) {
        reader.text.append(line.isBlank() ? "" : EXAMPLE + line).append('\n');
      } else {
        reader.take(line);
      }
    }
    reader.end();
    return reader.text.toString().strip();
  }

  private void take(String line) {
    boolean heading = line.startsWith("#");
    boolean table = line.strip().startsWith("|");
    if (line.isBlank() || heading || table || ITEM.matcher(line).matches()) {
      end();
    }
    if (line.isBlank()) {
      text.append('\n');
    } else if (heading || table) {
      text.append(plain(line.replaceFirst("^#+ ", ""))).append('\n');
    } else if (paragraph.isEmpty()) {
      paragraph.append(line.stripTrailing());
    } else {
      paragraph.append(' ').append(line.strip());
    }
  }

  private void end() {
    if (!paragraph.isEmpty()) {
      text.append(plain(paragraph.toString())).append('\n');
      paragraph.setLength(0);
    }
  }

  private static String plain(String markdown) {
    return STRONG.matcher(LINK.matcher(markdown).replaceAll("$1")).replaceAll("$1");
  }
}
