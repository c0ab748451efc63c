// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.matrix.VisibleText;

/** Text that Markdown shows as it is: neither markup nor HTML nor a link. */
final class Markdown {

  /** What begins markup; an underscore inside a name does not. */
  private static final String MARKUP = "\\`*[]()|&!~#$";

  private Markdown() {}

  /** Returns the text with everything escaped that Markdown or HTML would act on. */
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
