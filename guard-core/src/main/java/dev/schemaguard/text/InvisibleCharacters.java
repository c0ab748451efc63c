// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

/** Invisible characters, which get into a cell or a setting by copy and paste. */
public final class InvisibleCharacters {

  private InvisibleCharacters() {}

  /** Returns whether {@code text} contains an invisible character. */
  public static boolean isIn(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (VisibleText.isUnprintable(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** Returns {@code text} without invisible characters. */
  public static String removedFrom(String text) {
    if (!isIn(text)) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (!VisibleText.isUnprintable(text.codePointAt(i))) {
        visible.appendCodePoint(text.codePointAt(i));
      }
    }
    return visible.toString();
  }
}
