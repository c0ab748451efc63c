// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The list of accepted revisions as text: names separated by commas. In a name, {@code \,} is a
 * comma, {@code \\} a backslash, and <code>&#92;u0009</code> the character with that code, so that
 * any name can be printed, pasted and read again. A backslash before any other character is a plain
 * backslash.
 */
public final class AcceptedNames {

  /** A part of the text: an escape, a separator, blanks, or anything else. */
  private static final Pattern PART =
      Pattern.compile("\\\\u(\\p{XDigit}{4})|\\\\([,\\\\])|(,)|(\\s+)|([^\\s,\\\\]+|\\\\)");

  private static final Pattern SPECIAL =
      Pattern.compile(
          "([,\\\\])|[\\p{Cc}\\p{Cf}\\u2028\\u2029]|(?<=\\s)\\s|^\\s|\\s$",
          Pattern.UNICODE_CHARACTER_CLASS);

  private AcceptedNames() {}

  /** Returns the names in {@code list}, without surrounding blanks and without empty names. */
  public static List<String> parse(String list) {
    List<String> names = new ArrayList<>();
    StringBuilder name = new StringBuilder();
    String blanks = "";
    for (Matcher part = PART.matcher(list); part.find(); ) {
      if (part.group(3) != null) {
        add(names, name);
        blanks = "";
      } else if (part.group(4) != null) {
        blanks = name.isEmpty() ? "" : part.group();
      } else {
        name.append(blanks).append(text(part));
        blanks = "";
      }
    }
    add(names, name);
    return names;
  }

  private static void add(List<String> names, StringBuilder name) {
    if (!name.isEmpty()) {
      names.add(name.toString());
      name.setLength(0);
    }
  }

  private static String text(MatchResult part) {
    if (part.group(1) != null) {
      return Character.toString(Integer.parseInt(part.group(1), 16));
    }
    return part.group(2) != null ? part.group(2) : part.group();
  }

  /** Returns a list that {@link #parse} reads as these names. Every character in it is visible. */
  public static String list(List<String> names) {
    return names.stream().map(AcceptedNames::escaped).collect(Collectors.joining(","));
  }

  private static String escaped(String name) {
    return SPECIAL
        .matcher(name)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null ? "\\" + found.group() : code(found.group())));
  }

  private static String code(String characters) {
    return characters.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }
}
