// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import dev.schemaguard.text.OneSelect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A cell of the column <em>Requires</em>: text with one query in backticks. Other code in the text
 * is allowed as long as it does not begin as a query does.
 */
final class ConditionCell {

  private static final String EXAMPLE =
      "Write text with one query in backticks that gives true, such as: all orders have a total:"
          + " `SELECT NOT EXISTS (SELECT 1 FROM orders WHERE total IS NULL)`";
  private static final Pattern QUERY =
      Pattern.compile("[\\s(]*+(?:select|with)\\b.*+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern COUNT =
      Pattern.compile(
          "[\\s(]*+select\\s++count\\s*+\\([^()]*+\\)(?:\\s++(?!from\\b)(?:as\\s++)?[\\w\"]++)?+"
              + "\\s*+(?:from\\b.*+)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
  private static final Pattern ENDING = Pattern.compile("[\\s;]++$");
  private static final Pattern LOOSE =
      Pattern.compile("^[\\s:,.;()\u2013\u2014-]++|[\\s:,;(\u2013\u2014-]++$");

  private final List<String> spans = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String query = "";
  private int queries;

  private ConditionCell(String cell) {
    CodeSpans code = new CodeSpans(cell);
    for (int at = 0; at < cell.length(); ) {
      int end = code.endOfUnit(at);
      int ticks = cell.charAt(at) == '`' ? CodeSpans.run(cell, at) : 0;
      if (ticks > 0 && end - at > 2 * ticks) {
        take(cell.substring(at + ticks, end - ticks).replace("\\|", "|").strip());
      } else {
        text.append(cell, at, end);
      }
      at = end;
    }
  }

  private void take(String span) {
    spans.add(span);
    if (QUERY.matcher(span).matches()) {
      queries++;
      query = span;
    } else {
      text.append('`').append(span).append('`');
    }
  }

  /** Returns whether a text has code in it that begins as a query does. */
  static boolean holdsQuery(String text) {
    return new ConditionCell(text).queries > 0;
  }

  /**
   * Returns the condition that a cell spells.
   *
   * @param cell the cell as written, with its backticks
   * @throws ConfigurationException if it does not have exactly one query that only reads
   */
  static Revision.Condition condition(Revision revision, String cell, String where) {
    ConditionCell read = new ConditionCell(cell);
    String sql = ENDING.matcher(read.query).replaceFirst("");
    if (read.queries > 1) {
      throw error(where, "'" + cell + "' has " + read.queries + " queries", "Join them with AND.");
    }
    if (read.queries == 0) {
      throw error(
          where,
          read.spans.isEmpty()
              ? "'" + cell + "' has no query in backticks"
              : "'" + read.spans.get(0) + "' is not a query: it does not begin with SELECT or WITH",
          EXAMPLE);
    }
    Optional<String> objection = OneSelect.objectionTo(sql);
    if (objection.isPresent()) {
      throw error(where, "'" + sql + "' is not one SELECT: " + objection.get(), EXAMPLE);
    }
    if (COUNT.matcher(sql).matches()) {
      throw error(
          where,
          "'" + sql + "' gives a number, and it must give true or false",
          "Compare the number, as in SELECT count(*) = 0 FROM orders WHERE total IS NULL.");
    }
    String plain = LOOSE.matcher(MarkdownTable.plain(read.text.toString())).replaceAll("");
    return new Revision.Condition(revision.name(), plain.isEmpty() ? sql : plain, sql, where);
  }

  private static ConfigurationException error(String where, String what, String action) {
    return new ConfigurationException(where, what, action);
  }
}
