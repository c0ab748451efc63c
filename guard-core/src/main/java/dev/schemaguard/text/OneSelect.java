// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.text;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks whether a query that an operator has configured is one statement that only reads. The
 * check uses the query's text, because some databases cannot be made to refuse a write. Text that
 * the dialects interpret differently is refused: what is a comment or a string in one of them may
 * be a statement in another.
 */
public final class OneSelect {

  private static final Pattern START =
      Pattern.compile("\\s*+(?:select|with|values|table)\\b", Pattern.CASE_INSENSITIVE);

  /** Strings, quoted names and comments that all dialects interpret in the same way. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "'(?:[^'\\\\]|'')*+'|\"(?:[^\"\\\\]|\"\")*+\"|`[^`]*+`"
              + "|--(?=\\s|$)[^\\n]*+|/\\*(?![!M+])(?:(?!\\*/|/\\*)[\\s\\S])*+\\*/");

  /** The start of anything that {@link #HIDDEN} did not match. */
  private static final Pattern AMBIGUOUS =
      Pattern.compile("'|\"|`|/\\*|\\*/|--|\\$\\w*\\$|#(?![>-])");

  private static final Pattern END = Pattern.compile("[\\s;]*+$");

  private static final Pattern WRITES =
      Pattern.compile(
          "(?<![\\w.$])(insert|update|delete|merge|upsert|truncate|drop|alter|create|grant|revoke"
              + "|call|exec|execute|do|copy|into|lock|commit|rollback|set|begin|backup|script"
              + "|shutdown|vacuum|analyze|nextval|setval)(?![\\w$])",
          Pattern.CASE_INSENSITIVE);

  private OneSelect() {}

  /** Returns why {@code query} is not one statement that only reads; empty if it is. */
  public static Optional<String> objectionTo(String query) {
    if (query.length() > LONGEST) {
      return Optional.of("it is longer than " + LONGEST + " characters");
    }
    String visible = HIDDEN.matcher(query).replaceAll(" ? ");
    String code = END.matcher(visible).replaceFirst("");
    Matcher ambiguous = AMBIGUOUS.matcher(code);
    if (ambiguous.find()) {
      return Optional.of("databases read '" + ambiguous.group() + "' in it differently");
    }
    if (code.indexOf(';') >= 0) {
      return Optional.of("it has several statements");
    }
    if (!START.matcher(code.replaceFirst("^[\\s?(]++", "")).lookingAt()) {
      return Optional.of("it does not begin with SELECT or WITH");
    }
    Matcher writes = WRITES.matcher(code);
    return writes.find()
        ? Optional.of("it may write, by '" + writes.group() + "'; put a name like that in quotes")
        : Optional.empty();
  }

  private static final int LONGEST = 10_000;
}
