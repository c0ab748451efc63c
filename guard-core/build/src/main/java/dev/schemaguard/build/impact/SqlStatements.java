// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits an SQL script into statements, without comments. If databases would split it differently,
 * so that one executes what another skips, this is a doubt. A script with doubts is never harmless.
 */
final class SqlStatements {

  private static final Pattern DOLLAR = Pattern.compile("\\$(?:[A-Za-z_]\\w*)?\\$");

  private final String text;
  private final StringBuilder statement = new StringBuilder();
  private final List<String> statements = new ArrayList<>();
  private final List<String> doubts = new ArrayList<>();
  private int position;

  private SqlStatements(String text) {
    this.text = text;
  }

  static SqlStatements of(String text) {
    SqlStatements script = new SqlStatements(text);
    while (script.position < text.length()) {
      script.step();
    }
    script.end();
    return script;
  }

  List<String> statements() {
    return statements;
  }

  /** Returns the parts that cannot be split with certainty. */
  List<String> doubts() {
    return doubts;
  }

  private void step() {
    char c = text.charAt(position);
    if (text.startsWith("--", position)) {
      lineComment();
    } else if (text.startsWith("/*", position)) {
      blockComment();
    } else if (c == '\'' || c == '"' || c == '`') {
      quoted(c);
    } else if (c == '$') {
      dollarQuoted();
    } else if (c == ';') {
      position++;
      end();
    } else {
      if (c == '#') {
        doubts.add("# is a comment to some databases and an operator to others");
      }
      take(position + 1);
    }
  }

  private void lineComment() {
    int end = text.indexOf('\n', position);
    String comment = text.substring(position, end < 0 ? text.length() : end);
    int lineStart = text.lastIndexOf('\n', position) + 1;
    // In MySQL, -- without a following space is two operators, and the rest of the line is
    // executed.
    if (comment.matches("--\\S.*;.*") && !text.substring(lineStart, position).isBlank()) {
      doubts.add("-- without a blank behind it is not a comment in MySQL");
    }
    skip(position + comment.length());
  }

  private void blockComment() {
    int end = text.indexOf("*/", position + 2);
    String comment = end < 0 ? text.substring(position) : text.substring(position, end);
    if (comment.matches("(?s)/\\*M?!.*")) {
      doubts.add("MySQL and MariaDB execute the comment " + SqlScript.shown(comment));
    } else if (end < 0 || comment.indexOf("/*", 2) >= 0) {
      doubts.add("where the comment ends is not certain: " + SqlScript.shown(comment));
    }
    skip(end < 0 ? text.length() : end + 2);
  }

  private void quoted(char quote) {
    int end = text.indexOf(quote, position + 1);
    if (end < 0) {
      doubts.add("a quotation has no end: " + SqlScript.shown(text.substring(position)));
    } else if (quote != '`' && text.charAt(end - 1) == '\\') {
      doubts.add("a backslash before a quote ends the quotation in some databases, not in others");
    }
    take(end < 0 ? text.length() : end + 1);
  }

  private void dollarQuoted() {
    Matcher tag = DOLLAR.matcher(text).region(position, text.length());
    boolean inName = position > 0 && Character.isJavaIdentifierPart(text.charAt(position - 1));
    int end = !inName && tag.lookingAt() ? text.indexOf(tag.group(), tag.end()) : -1;
    take(end < 0 ? position + 1 : end + tag.group().length());
  }

  private void take(int end) {
    statement.append(text, position, end);
    position = end;
  }

  private void skip(int end) {
    statement.append(' ');
    position = end;
  }

  private void end() {
    String whole = statement.toString().strip();
    if (!whole.isEmpty()) {
      statements.add(whole);
    }
    statement.setLength(0);
  }
}
