// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the methods of a class return, if it is written in one expression.
 *
 * @param language the language of the source file
 * @param body the text between the braces of the class
 */
record JvmReturnValue(String language, JvmText body) {

  /**
   * Returns the expression that a method without parameters returns, or the value of a Groovy
   * property, as written.
   */
  Optional<String> of(String method, String property) {
    Matcher found =
        Pattern.compile(
                "(?<![.\\w])"
                    + method
                    + "\\s*\\(\\s*\\)"
                    + (language.equals("groovy") && !property.isEmpty()
                        ? "|\\b\\w+\\s+" + property + "\\s*(?==)"
                        : language.equals("scala") ? "|\\bdef\\s+" + method + "\\b" : ""))
            .matcher(body.surface());
    if (!found.find()) {
      return Optional.empty();
    }
    String code = body.code();
    int at = found.end();
    while (at < code.length() && code.charAt(at) != '{' && code.charAt(at) != '=') {
      at++;
    }
    if (at == code.length()) {
      return Optional.of("");
    }
    boolean block = code.charAt(at) == '{';
    int end = block ? body.close(at) - 1 : endOfExpression(code, at + 1);
    return Optional.of(
        body.whole()
            .substring(Math.min(at + 1, end), end)
            .strip()
            .replaceFirst("^return\\b\\s*", "")
            .replaceFirst("\\s*;$", ""));
  }

  private static int endOfExpression(String code, int from) {
    int at = from;
    while (at < code.length() && Character.isWhitespace(code.charAt(at))) {
      at++;
    }
    while (at < code.length() && code.charAt(at) != '\n' && code.charAt(at) != ';') {
      at++;
    }
    return at;
  }
}
