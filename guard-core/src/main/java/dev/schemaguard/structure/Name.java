// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Set;

/**
 * How the schema file spells a name: as it is if it consists of letters, digits and {@code _ $ #},
 * else in double quotes, with a backslash before a quote or backslash and control characters as
 * <code>&#92;uXXXX</code>.
 */
final class Name {

  /** Words that begin a line. */
  private static final Set<String> WORDS = Set.of("key", "table", "view", "leave-out");

  private Name() {}

  static String spell(String name) {
    return isPlain(name) ? name : '"' + escape(name, true) + '"';
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && !WORDS.contains(name)
        && name.charAt(0) != '#'
        && name.codePoints().allMatch(Name::isPlain);
  }

  private static boolean isPlain(int character) {
    return Character.isLetterOrDigit(character) || "_$#".indexOf(character) >= 0;
  }

  /** Returns a text in which nothing ends a line or separates attributes. */
  static String escape(String text, boolean quoted) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        escaped.append(String.format("\\u%04x", (int) c));
      } else {
        escaped.append(c == '\\' || (quoted && c == '"') ? "\\" : "").append(c);
      }
    }
    return escaped.toString();
  }

  /** Returns the text that {@link #escape} wrote. */
  static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 5 < text.length() && text.charAt(i + 1) == 'u') {
        plain.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (c == '\\' && i + 1 < text.length()) {
        plain.append(text.charAt(++i));
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }
}
