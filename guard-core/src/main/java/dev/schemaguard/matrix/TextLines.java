// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.List;

/** Splits a text into lines as {@link String#lines} does, without the overhead of streams. */
final class TextLines {

  private TextLines() {}

  static List<String> of(String text) {
    List<String> lines = new ArrayList<>();
    int carriageReturn = text.indexOf('\r');
    int start = 0;
    while (start < text.length()) {
      if (carriageReturn >= 0 && carriageReturn < start) {
        carriageReturn = text.indexOf('\r', start);
      }
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      end = carriageReturn >= 0 && carriageReturn < end ? carriageReturn : end;
      lines.add(text.substring(start, end));
      start = end + (text.startsWith("\r\n", end) ? 2 : 1);
    }
    return lines;
  }
}
