// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.InvisibleCharacters;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Recognizes the tables of a document by the names of their columns. */
final class SchemaHeaders {

  static final Pattern APP_VERSION = Pattern.compile("app(?:lication)? version");
  private static final String SERVER_VERSION = "server version";
  private static final Pattern LIKE_APP_VERSION = Pattern.compile("app(?:lication)? versions?");
  static final Pattern EXPECTED = Pattern.compile("expected(?: head)?(?: revision)?");
  static final Pattern MIN = Pattern.compile("min(?:imum)?(?: compatible)?(?: revision)?");
  static final Pattern MAX = Pattern.compile("max(?:imum)?(?: compatible)?(?: revision)?");
  private static final Pattern MEANT_AS_COLUMN =
      Pattern.compile("(?:expected|min|max).*", Pattern.DOTALL);
  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]++");

  private SchemaHeaders() {}

  /**
   * Returns whether this table states which revisions the versions in one of its columns run on.
   */
  static boolean haveVersions(MarkdownTable table) {
    return anyHeader(table, APP_VERSION);
  }

  private static boolean anyHeader(MarkdownTable table, Pattern name) {
    for (String header : table.headers()) {
      if (name.matcher(header).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether this table states which clients fit the versions in its first column. */
  static boolean areOfClients(MarkdownTable table) {
    String first = table.headers().get(0);
    return (first.equals(SERVER_VERSION) || APP_VERSION.matcher(first).matches())
        && !anyHeader(table, EXPECTED)
        && !anyHeader(table, MIN)
        && !anyHeader(table, MAX);
  }

  /** Returns whether this table has a column of conditions, or one whose name is close to that. */
  static boolean mayHoldConditions(MarkdownTable table) {
    for (String header : table.headers()) {
      if (letters(header).startsWith("requir")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns whether the name of one of these columns means, or is close to a name that means, that
   * the column contains versions.
   */
  static boolean nameVersions(List<String> headers) {
    return headers.stream()
        .filter(header -> header.length() >= "app version".length())
        .anyMatch(header -> LIKE_APP_VERSION.matcher(letters(header)).matches());
  }

  /**
   * Refuses a table that was meant to be enforced, but lacks the column that makes it a schema
   * table.
   */
  static void requireNotMeant(MarkdownTable table, String origin) {
    if (nameVersions(table.headers())
        && table.headers().stream().anyMatch(SchemaHeaders::isMeantAsColumn)) {
      throw new ConfigurationException(
          origin + ":" + table.line(),
          "no column is called 'App version' exactly, so the table would be ignored",
          "Write the header of that column so, without emphasis or other marks.");
    }
    long named = Stream.of(EXPECTED, MIN, MAX).filter(name -> anyHeader(table, name)).count();
    boolean revisions =
        table.headers().stream().anyMatch(h -> isMeantAsColumn(h) && h.endsWith(" revision"));
    if (named > 1 && revisions) {
      throw new ConfigurationException(
          origin + ":" + table.line(),
          "the table has no column App version, so it would be ignored",
          "Name the column that holds the versions App version.");
    }
  }

  /** Returns whether a header seems to mean one of the columns with revisions. */
  static boolean isMeantAsColumn(String header) {
    return header.length() >= "min".length() && MEANT_AS_COLUMN.matcher(letters(header)).matches();
  }

  /** Returns the letters and digits of a header, with words separated by one blank. */
  private static String letters(String header) {
    String visible = InvisibleCharacters.removedFrom(header);
    return NO_LETTERS.matcher(visible).replaceAll(" ").strip();
  }
}
