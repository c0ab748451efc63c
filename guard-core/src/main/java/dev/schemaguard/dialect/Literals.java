// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a statement into its text, so that the statement needs no parameters. A
 * statement with parameters is prepared, and a driver may give a prepared statement a name in the
 * server's session.
 *
 * @param dialect the database product, which determines how a text is written
 */
record Literals(Dialect dialect) {

  /** Matches the parts in which a question mark is not a placeholder, or else a placeholder. */
  private static final Pattern PART =
      Pattern.compile("'[^']*+'|\"[^\"]*+\"|`[^`]*+`|--[^\\n]*+|/\\*.*?\\*/|(\\?)", Pattern.DOTALL);

  /**
   * Returns {@code sql} with a literal in place of each {@code ?}.
   *
   * @throws IllegalArgumentException if the number of values differs from the number of
   *     placeholders
   */
  String in(String sql, List<?> values) {
    if (values.isEmpty()) {
      return sql;
    }
    StringBuilder text = new StringBuilder();
    Iterator<?> next = values.iterator();
    Matcher part = PART.matcher(sql);
    int end = 0;
    while (part.find()) {
      if (part.group(1) != null) {
        if (!next.hasNext()) {
          throw new IllegalArgumentException("too few values for: " + sql);
        }
        text.append(sql, end, part.start()).append(literal(next.next()));
        end = part.end();
      }
    }
    if (next.hasNext()) {
      throw new IllegalArgumentException("too many values for: " + sql);
    }
    return text.append(sql, end, sql.length()).toString();
  }

  private String literal(@Nullable Object value) {
    if (value == null) {
      return "NULL";
    }
    return value instanceof Number || value instanceof Boolean
        ? value.toString()
        : dialect.literal(value.toString());
  }
}
