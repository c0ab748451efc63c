// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A type as a catalog names it, taken apart.
 *
 * @param name the name without parameters, in lower case, with single blanks: {@code timestamp with
 *     time zone}
 * @param parameters what stands in parentheses: lengths, digits, the values of an enum
 * @param dimensions how many {@code []} follow
 */
record SqlType(String name, List<String> parameters, int dimensions) {

  static SqlType of(String written) {
    String text = written.strip();
    int dimensions = 0;
    while (text.endsWith("[]")) {
      dimensions++;
      text = text.substring(0, text.length() - 2).stripTrailing();
    }
    int open = text.indexOf('(');
    int close = text.lastIndexOf(')');
    boolean plain = open < 0 || close < open || text.startsWith("\"");
    String name = plain ? text : text.substring(0, open) + " " + text.substring(close + 1);
    return new SqlType(
        text.startsWith("\"")
            ? text
            : name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT),
        plain ? List.of() : split(text.substring(open + 1, close)),
        dimensions);
  }

  /** Splits at the commas that are in no quotes. */
  private static List<String> split(String text) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '\'';
      if (c == ',' && !quoted) {
        parts.add(part.toString().strip());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString().strip());
    return parts;
  }

  /** Returns the number at a position of the parameters; {@code absent} if there is none. */
  long number(int position, long absent) {
    if (position >= parameters.size()) {
      return absent;
    }
    String digits = parameters.get(position).replaceAll("[^0-9-].*$", "");
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return absent;
    }
  }
}
