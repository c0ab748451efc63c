// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a class declaration between its name and its body.
 *
 * @param modifiers the text before the constructor: {@code private constructor}
 * @param parameters the parameters of the constructor; null if there is none in the header
 * @param supertypes the names of the types that the class extends and implements
 */
record JvmHeader(String modifiers, @Nullable String parameters, List<String> supertypes) {

  private static final Pattern PERMITS = Pattern.compile("\\bpermits\\b.*", Pattern.DOTALL);
  private static final Pattern WHERE = Pattern.compile("\\bwhere\\b.*", Pattern.DOTALL);
  private static final Pattern KEYWORD = Pattern.compile("\\b(?:extends|implements|with)\\b");
  private static final Pattern NAME = Pattern.compile("(?:@[\\w.]+\\s+)*([A-Za-z_][\\w.]*)");

  /** Reads a header without comments. */
  static JvmHeader of(String language, String header) {
    String plain = withoutAngles(header);
    String modifiers = "";
    String parameters = null;
    int open = plain.indexOf('(');
    int types = language.equals("kt") ? colon(plain) : keyword(plain);
    if (open >= 0 && open < types) {
      int close = new JvmText(plain, plain).close(open);
      modifiers = plain.substring(0, open);
      parameters = plain.substring(open + 1, Math.max(open + 1, close - 1));
    }
    String rest = WHERE.matcher(plain.substring(types)).replaceAll("");
    rest = PERMITS.matcher(withoutBrackets(rest)).replaceAll("");
    List<String> supertypes = new ArrayList<>();
    for (String part :
        KEYWORD.matcher(rest).replaceAll(",").replaceFirst("^:", "").split(",", -1)) {
      Matcher name = NAME.matcher(part.strip());
      if (name.lookingAt()) {
        supertypes.add(name.group(1));
      }
    }
    return new JvmHeader(modifiers, parameters, supertypes);
  }

  private static int keyword(String text) {
    Matcher keyword = KEYWORD.matcher(withoutBrackets(text));
    return keyword.find() ? keyword.start() : text.length();
  }

  private static int colon(String text) {
    int colon = withoutBrackets(text).indexOf(':');
    return colon < 0 ? text.length() : colon;
  }

  /** Returns the text with type arguments replaced by spaces. */
  private static String withoutAngles(String text) {
    return blank(text.replace("->", "  "), '<', '>');
  }

  private static String withoutBrackets(String text) {
    return blank(text, '(', ')');
  }

  private static String blank(String text, char open, char close) {
    StringBuilder result = new StringBuilder(text);
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == open ? 1 : 0;
      if (depth > 0) {
        result.setCharAt(i, ' ');
      }
      depth -= c == close && depth > 0 ? 1 : 0;
    }
    return result.toString();
  }
}
