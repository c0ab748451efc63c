// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a Python module into statements and tokens. It implements the part of Python's lexical
 * analysis that the variables of an Alembic revision need. Nothing is run.
 */
final class PythonStatements {

  /**
   * A statement, without comments and without line breaks.
   *
   * @param indented whether it is inside another statement, such as a function
   */
  record Statement(boolean indented, List<Token> tokens) {}

  /**
   * A token.
   *
   * @param text the token as written; for a string, the text between its quotes
   * @param isString whether it is a string literal
   * @param isPlain whether the text is the value: no escapes, no {@code f""}
   * @param line the line in which it begins, starting at 1
   */
  record Token(String text, boolean isString, boolean isPlain, int line) {

    /** Returns whether it is this name or operator. */
    boolean is(String code) {
      return !isString && text.equals(code);
    }
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<blank>(?:[ \\t\\f]|\\\\\\n|#[^\\n]*)+)"
              + "|(?<prefix>(?i:[rbuft]{0,2}))(?<quotes>\"\"\"|'''|[\"'])"
              + "|(?<other>\\n|[\\w.]+|[^\\w\\s])",
          Pattern.UNICODE_CHARACTER_CLASS);

  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private List<Token> tokens = new ArrayList<>();
  private boolean indented;
  private int brackets;
  private int line = 1;

  private PythonStatements(String text) {
    this.text = text.replaceAll("\\r\\n?", "\n").replaceFirst("^\\uFEFF", "");
  }

  /**
   * Returns the statements of a module; text after an unterminated string is part of that string.
   */
  static List<Statement> of(String text) {
    PythonStatements module = new PythonStatements(text);
    module.read();
    return module.statements;
  }

  private void read() {
    Matcher found = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      int start = at;
      found.region(at, text.length());
      if (!found.lookingAt()) {
        at++;
      } else if (found.group("quotes") != null) {
        at = addString(found);
      } else {
        at = found.end();
        addOther(found, start);
      }
      line += (int) text.substring(start, at).chars().filter(c -> c == '\n').count();
    }
    endStatement();
  }

  private int addString(Matcher found) {
    String quotes = found.group("quotes");
    int end = found.end();
    while (end < text.length() && !text.startsWith(quotes, end)) {
      end += text.charAt(end) == '\\' ? 2 : 1;
    }
    String content = text.substring(found.end(), Math.min(end, text.length()));
    boolean isPlain = found.group("prefix").matches("[rRuU]?") && content.indexOf('\\') < 0;
    tokens.add(new Token(content, true, isPlain, line));
    return Math.min(end + quotes.length(), text.length());
  }

  private void addOther(Matcher found, int start) {
    String code = found.group("other");
    if (code == null) {
      indented |= tokens.isEmpty() && isLineStart(start) && " \t".indexOf(text.charAt(start)) >= 0;
    } else if (brackets == 0 && (code.equals("\n") || code.equals(";"))) {
      endStatement();
      indented &= code.equals(";");
    } else if (!code.equals("\n")) {
      brackets += "([{".contains(code) ? 1 : ")]}".contains(code) && brackets > 0 ? -1 : 0;
      tokens.add(new Token(code, false, true, line));
    }
  }

  private boolean isLineStart(int at) {
    return at == 0 || text.charAt(at - 1) == '\n';
  }

  private void endStatement() {
    if (!tokens.isEmpty()) {
      statements.add(new Statement(indented, tokens));
      tokens = new ArrayList<>();
    }
  }
}
