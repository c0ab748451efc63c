// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

/** Text on one line. */
final class OneLine {

  private OneLine() {}

  /** The text, in which whatever breaks or upsets a line is one blank. */
  static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean breaks = isBreak(c);
      if (!breaks || !blank) {
        line.append(breaks ? ' ' : c);
      }
      blank = breaks;
    }
    return line.toString().strip();
  }

  private static boolean isBreak(char c) {
    return c == ' ' || Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }
}
