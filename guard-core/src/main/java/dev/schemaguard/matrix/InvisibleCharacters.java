// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

/** Characters that nobody sees, which a cell or setting gets by being pasted. */
final class InvisibleCharacters {

  private InvisibleCharacters() {}

  /** Whether one is in {@code text}. */
  static boolean isIn(String text) {
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      if (VisibleText.isUnprintable(text.codePointAt(i))) {
        return true;
      }
    }
    return false;
  }

  /** {@code text} without them. */
  static String removedFrom(String text) {
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
