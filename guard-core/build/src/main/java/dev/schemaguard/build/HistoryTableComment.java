// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.PythonStatements.Statement;
import dev.schemaguard.build.PythonStatements.Token;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the requires-app marker that a migration writes into the comment of the history table. Any
 * table counts, because the history table may have another name and schema.
 */
final class HistoryTableComment {

  private static final String NAME = "(?:\"(?:[^\"]|\"\")++\"|`[^`]++`|[\\w$]++)";
  private static final String TABLE = NAME + "(?:\\s*+\\.\\s*+" + NAME + ")?+";
  private static final String TEXT = "[EN]?(?:'((?:[^']|'')*+)'|\"([^\"]*+)\")";
  private static final Pattern COMMENT =
      Pattern.compile(
          "\\bcomment\\s++on\\s++table\\s++"
              + TABLE
              + "\\s++is\\s++"
              + TEXT
              + "|\\balter\\s++table\\s++"
              + TABLE
              + "\\s++comment\\s*+=?+\\s*+"
              + TEXT,
          Pattern.CASE_INSENSITIVE);
  private static final Pattern REMARK =
      Pattern.compile("'(?:[^']|'')*+'|--[^\\n]*+|/\\*(?:(?!\\*/)[\\s\\S])*+\\*/");
  private static final Pattern WORD = Pattern.compile("requires-app", Pattern.CASE_INSENSITIVE);

  private HistoryTableComment() {}

  /** Returns the last such comment in a script; null if there is none. */
  static @Nullable String inSql(String script) {
    String sql =
        REMARK
            .matcher(script)
            .replaceAll(
                found ->
                    found.group().startsWith("'") ? Matcher.quoteReplacement(found.group()) : " ");
    Matcher comment = COMMENT.matcher(sql);
    String last = null;
    while (comment.find()) {
      for (int group = 1; group <= 4; group++) {
        String text = comment.group(group);
        if (text != null && WORD.matcher(text).find()) {
          last = text.replace("''", "'");
        }
      }
    }
    return last;
  }

  /**
   * Returns the last such comment that an Alembic script writes, except in {@code downgrade()};
   * null if there is none. {@code {revision}} in a string is replaced by the script's revision.
   */
  static @Nullable String inPython(String script, String revision) {
    String last = null;
    boolean undoes = false;
    for (Statement statement : PythonStatements.of(script)) {
      Token first = statement.tokens().get(0);
      if (!statement.indented()) {
        undoes =
            first.is("def")
                && statement.tokens().size() > 1
                && statement.tokens().get(1).text().startsWith("downgrade");
      }
      String found = undoes ? null : inStatement(statement, revision);
      last = found == null ? last : found;
    }
    return last;
  }

  private static @Nullable String inStatement(Statement statement, String revision) {
    StringBuilder text = new StringBuilder();
    boolean call = false;
    String argument = null;
    for (Token token : statement.tokens()) {
      if (token.isString()) {
        text.append(token.text().replace("\\'", "'").replace("{revision}", revision));
        continue;
      }
      argument = marked(call, text, argument);
      text.append(token.is(",") || token.is("(") ? "\n" : "");
      call |= token.text().endsWith("create_table_comment");
      if (call && token.is(",")) {
        text.setLength(0);
      }
    }
    argument = marked(call, text, argument);
    return call ? argument : inSql(text.toString());
  }

  /** Returns the text if it is the comment argument of {@code create_table_comment}. */
  private static @Nullable String marked(
      boolean call, StringBuilder text, @Nullable String before) {
    return call && before == null && WORD.matcher(text).find() ? text.toString().strip() : before;
  }
}
