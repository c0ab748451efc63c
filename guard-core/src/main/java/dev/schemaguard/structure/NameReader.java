// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.ArrayList;
import java.util.List;

/** Reads names, plain or quoted, from the start of a text. Used by one thread. */
final class NameReader {

  private final String text;
  private final SchemaFileParser parser;
  private int position;

  NameReader(String text, SchemaFileParser parser) {
    this.text = text;
    this.parser = parser;
  }

  /** Returns the name of a table, with its schema if it is qualified. */
  static TableName tableName(String text, SchemaFileParser parser) {
    NameReader reader = new NameReader(text, parser);
    String first = reader.next();
    if (reader.rest().isEmpty()) {
      return new TableName(null, first);
    }
    reader.expect('.');
    TableName name = new TableName(first, reader.next());
    reader.expectEnd();
    return name;
  }

  /** Returns the names in parentheses. */
  static List<String> list(String text, SchemaFileParser parser) {
    NameReader reader = new NameReader(text, parser);
    List<String> names = new ArrayList<>();
    reader.expect('(');
    do {
      reader.skipBlanks();
      names.add(reader.next());
      reader.skipBlanks();
    } while (reader.skip(','));
    reader.expect(')');
    reader.expectEnd();
    return names;
  }

  /** Returns the next name. */
  String next() {
    return position < text.length() && text.charAt(position) == '"' ? quoted() : plain();
  }

  private String plain() {
    int start = position;
    while (position < text.length() && " .,()\"".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (position == start) {
      throw unreadable();
    }
    return text.substring(start, position);
  }

  private String quoted() {
    int start = ++position;
    while (position < text.length() && text.charAt(position) != '"') {
      position += text.charAt(position) == '\\' ? 2 : 1;
    }
    if (position >= text.length()) {
      throw unreadable();
    }
    return Name.unescape(text.substring(start, position++));
  }

  /** Returns what follows the names that were read. */
  String rest() {
    return text.substring(position).strip();
  }

  private void skipBlanks() {
    while (skip(' ')) {
      // The next character is looked at.
    }
  }

  private boolean skip(char expected) {
    boolean found = position < text.length() && text.charAt(position) == expected;
    position += found ? 1 : 0;
    return found;
  }

  private void expect(char expected) {
    if (!skip(expected)) {
      throw unreadable();
    }
  }

  private void expectEnd() {
    if (!rest().isEmpty()) {
      throw unreadable();
    }
  }

  private RuntimeException unreadable() {
    return parser.error(
        "the name in '" + text + "' cannot be read",
        "Quote a name that has other characters than letters, digits and _ $ #.");
  }
}
