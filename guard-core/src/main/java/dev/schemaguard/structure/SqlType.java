// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as a catalog names it, taken apart.
 *
 * @param name the name without parameters, in lower case unless it is quoted, with single blanks:
 *     {@code timestamp with time zone}
 * @param parameters what is in parentheses: lengths, digits, the values of an enum
 * @param dimensions how many times {@code []} or {@code ARRAY} follows
 * @param elements how many elements an array may have; without limit {@link Long#MAX_VALUE}
 */
record SqlType(String name, List<String> parameters, int dimensions, long elements) {

  private static final Pattern ARRAY =
      Pattern.compile("\\s*(?:\\[]|\\sARRAY(?:\\[(\\d+)])?)$", Pattern.CASE_INSENSITIVE);

  static SqlType of(String written) {
    String text = written.strip();
    int dimensions = 0;
    long elements = Long.MAX_VALUE;
    Matcher array = ARRAY.matcher(text);
    while (array.find()) {
      dimensions++;
      if (array.group(1) != null) {
        elements = Math.min(elements, Long.parseLong(array.group(1)));
      }
      text = text.substring(0, array.start());
      array = ARRAY.matcher(text);
    }
    StringBuilder name = new StringBuilder();
    List<String> parameters = new ArrayList<>();
    boolean quotedName = text.startsWith("\"");
    split(text, name, parameters);
    String plain = name.toString().strip().replaceAll("\\s+", " ");
    return new SqlType(
        quotedName ? plain : plain.toLowerCase(Locale.ROOT), parameters, dimensions, elements);
  }

  /** Splits at the parentheses and commas that are not in quotes. */
  private static void split(String text, StringBuilder name, List<String> parameters) {
    StringBuilder parameter = new StringBuilder();
    boolean inside = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0 || c == '\'' || c == '"') {
        quote = quote == 0 ? c : c == quote ? 0 : quote;
        (inside ? parameter : name).append(c);
      } else if (c == '(' && !inside) {
        inside = true;
        name.append(' ');
      } else if (inside && (c == ',' || c == ')')) {
        parameters.add(parameter.toString().strip());
        parameter.setLength(0);
        inside = c == ',';
      } else {
        (inside ? parameter : name).append(c);
      }
    }
  }

  /** Returns the number at a position of the parameters; {@code absent} if there is none. */
  long number(int position, long absent) {
    if (position >= parameters.size()) {
      return absent;
    }
    try {
      return Long.parseLong(parameters.get(position));
    } catch (NumberFormatException e) {
      return absent;
    }
  }

  /** Returns whether it lists the values that it takes, as an enum does. */
  boolean listsValues() {
    return !parameters.isEmpty() && parameters.get(0).startsWith("'");
  }
}
