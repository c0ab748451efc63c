// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes text safe to print: every character that a terminal, a log or a page would interpret or
 * hide is shown as an escape. These are control characters, line breaks, formatting characters
 * (which include those that change the direction of text) and halves of a surrogate pair. A line
 * feed becomes {@code \n}, the escape character {@code \}{@code u001b}.
 *
 * <p>Names, settings, files, requests and messages of drivers may contain any character. Everything
 * that is published is made visible here: in a status and its problem, in JSON, on pages, in logs
 * and by the command line.
 */
public final class VisibleText {

  private static final char FIRST_BEYOND_ASCII = 0x7F;

  private VisibleText() {}

  /**
   * Returns the text with everything unprintable escaped. If nothing is unprintable, the same
   * object is returned.
   */
  public static String of(String text) {
    int first = firstUnprintable(text);
    return first < 0 ? text : escaped(text, first, false);
  }

  /** Returns the text as {@link #of} does; null for null. */
  public static @Nullable String ofNullable(@Nullable String text) {
    return text == null ? null : of(text);
  }

  /** Returns an unmodifiable list of the texts, each as {@link #of} returns it. */
  public static List<String> all(Collection<String> texts) {
    for (String text : texts) {
      if (firstUnprintable(text) >= 0) {
        return allEscaped(texts);
      }
    }
    return List.copyOf(texts);
  }

  private static List<String> allEscaped(Collection<String> texts) {
    List<String> visible = new ArrayList<>(texts.size());
    for (String text : texts) {
      visible.add(of(text));
    }
    return List.copyOf(visible);
  }

  /** Returns the text as {@link #of} does, except that its line feeds remain. */
  public static String lines(String text) {
    int first = firstUnprintable(text);
    return first < 0 ? text : escaped(text, first, true);
  }

  /**
   * Returns the text on one line: each run of blanks, tabs and line breaks becomes one blank, other
   * unprintable characters are escaped, and blanks at both ends are removed. Use it for messages of
   * drivers and libraries, which may span several lines.
   */
  public static String sentence(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = isSpace(c);
      if (!space || !blank) {
        line.append(space ? ' ' : c);
      }
      blank = space;
    }
    return of(line.toString().strip());
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  private static int firstUnprintable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= FIRST_BEYOND_ASCII) {
        int character = text.codePointAt(i);
        if (isUnprintable(character)) {
          return i;
        }
        i += Character.charCount(character) - 1;
      }
    }
    return -1;
  }

  private static String escaped(String text, int first, boolean keepsLines) {
    StringBuilder visible = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      if (!isUnprintable(character) || (keepsLines && character == '\n')) {
        visible.appendCodePoint(character);
      } else {
        escape(character, visible);
      }
    }
    return visible.toString();
  }

  private static void escape(int character, StringBuilder visible) {
    switch (character) {
      case '\n' -> visible.append("\\n");
      case '\r' -> visible.append("\\r");
      case '\t' -> visible.append("\\t");
      default -> {
        for (char c : Character.toChars(character)) {
          visible.append("\\u");
          for (int shift = 12; shift >= 0; shift -= 4) {
            visible.append(Character.forDigit(c >> shift & 0xF, 16));
          }
        }
      }
    }
  }

  /** Returns whether a character, given by its code point, is not shown as a glyph of its own. */
  public static boolean isUnprintable(int character) {
    int type = Character.getType(character);
    return type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.SURROGATE;
  }
}
