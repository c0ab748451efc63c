// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import dev.schemaguard.text.VisibleText;

/** Shortens an error message to one line that fits everywhere. */
final class ErrorText {

  private static final int LONGEST = 300;

  private ErrorText() {}

  /** Returns the text on one line, at most 300 characters of it. */
  static String of(String text) {
    String line = VisibleText.of(text);
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = LONGEST - 1;
    boolean splitsCharacter = Character.isHighSurrogate(line.charAt(end - 1));
    return line.substring(0, splitsCharacter ? end - 1 : end) + "…";
  }
}
