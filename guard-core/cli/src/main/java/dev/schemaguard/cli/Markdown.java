// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.text.VisibleText;

/** Escapes text so that Markdown shows it unchanged, without markup, HTML or links. */
final class Markdown {

  /** The characters that begin markup; an underscore inside a name does not. */
  private static final String MARKUP = "\\`*[]()|&!~#$";

  private Markdown() {}

  /** Returns the text with everything escaped that Markdown or HTML would interpret. */
  static String text(String text) {
    String visible = VisibleText.of(text);
    StringBuilder escaped = new StringBuilder(visible.length() + 8);
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      if (c == '<' || c == '>') {
        escaped.append(c == '<' ? "&lt;" : "&gt;");
        continue;
      }
      if (MARKUP.indexOf(c) >= 0 || (c == '_' && !isInsideWord(visible, i))) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  private static boolean isInsideWord(String text, int index) {
    return index > 0
        && index < text.length() - 1
        && isOfWord(text.charAt(index - 1))
        && isOfWord(text.charAt(index + 1));
  }

  private static boolean isOfWord(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
