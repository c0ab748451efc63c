// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaguard.text.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Describes what is wrong and what to do about it. Programs test the code, never a sentence.
 *
 * @param code the stable code, one per verdict and cause; it is documented in docs/problems
 * @param title the problem in a few words
 * @param database which database, schema and table; null if no connection was made
 * @param found what the database contains; null if that is unknown
 * @param expected what this version needs; null if that is unknown
 * @param why the cause, with the names that matter
 * @param actions what to do, the first choice first; never empty
 */
public record Problem(
    String code,
    String title,
    @Nullable String database,
    @Nullable String found,
    @Nullable String expected,
    String why,
    List<String> actions) {

  private static final int LONGEST_TEXT = 2048;
  private static final int LONGEST_LINE = 600;
  private static final int SHORTEST_LINE = 40;
  private static final int STEP = 20;
  private static final String CUT = "…";

  /** The end of an action after which the application has to be started. */
  private static final String RESTART = ", then start again";

  /** Copies the actions, and makes every text {@linkplain VisibleText visible}. */
  public Problem {
    title = VisibleText.of(title);
    database = VisibleText.ofNullable(database);
    found = VisibleText.ofNullable(found);
    expected = VisibleText.ofNullable(expected);
    why = VisibleText.of(why.strip());
    actions = VisibleText.all(actions);
  }

  /**
   * Returns the cause as {@link MigrationStatus#error} reports it: one line of at most 300
   * characters.
   */
  public String error() {
    return ErrorText.of(why.isBlank() ? title : why);
  }

  /** Returns the same problem with advice for an application that keeps running in the meantime. */
  Problem withoutRestart() {
    List<String> others = new ArrayList<>();
    for (String action : actions) {
      others.add(
          action.endsWith(RESTART)
              ? action.substring(0, action.length() - RESTART.length())
              : action);
    }
    return new Problem(code, title, database, found, expected, why, others);
  }

  /** Returns the same problem with a more specific cause. */
  Problem because(String reason) {
    return new Problem(code, title, database, found, expected, reason, actions);
  }

  /**
   * Returns the problem for people, at most 2 KB. The longest lines are cut first.
   *
   * @param headline what was refused or warned about, and by which guard
   * @param override how to continue anyway, or null if nothing overrides the problem
   */
  public String text(String headline, @Nullable String override) {
    return fitted(
        length ->
            description(headline, length) + "\n" + String.join("\n", advice(override, length)));
  }

  /** Returns the part of {@link #text} that says what is wrong. */
  public String description(String headline) {
    return fitted(length -> description(headline, length));
  }

  /** Returns the part of {@link #text} that says what to do. */
  public String advice(@Nullable String override) {
    return fitted(length -> String.join("\n", advice(override, length)));
  }

  private static String fitted(IntFunction<String> textOfLinesUpTo) {
    int length = LONGEST_LINE;
    String text = textOfLinesUpTo.apply(length);
    while (text.getBytes(UTF_8).length > LONGEST_TEXT && length > SHORTEST_LINE) {
      length -= STEP;
      text = textOfLinesUpTo.apply(length);
    }
    return cut(text, LONGEST_TEXT);
  }

  private String description(String headline, int length) {
    List<String> lines = new ArrayList<>();
    lines.add(line(headline, length) + "   [" + code + "]");
    add(lines, "database", database, length);
    add(lines, "found", found, length);
    add(lines, "expected", expected, length);
    add(lines, "why", why, length);
    return String.join("\n", lines);
  }

  private List<String> advice(@Nullable String override, int length) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < actions.size(); i++) {
      add(lines, i == 0 ? "do now" : "or", actions.get(i), length);
    }
    add(lines, "override", override, length);
    return lines;
  }

  private static void add(List<String> lines, String label, @Nullable String value, int length) {
    if (value != null) {
      lines.add(label + " ".repeat(10 - label.length()) + line(value, length));
    }
  }

  /** Returns a value on one line, whatever a setting or a file contains. */
  private static String line(String value, int length) {
    return cut(VisibleText.of(value.strip()), length);
  }

  /** Returns the beginning of a text that is longer than {@code longest} bytes. */
  private static String cut(String text, int longest) {
    byte[] utf8 = text.getBytes(UTF_8);
    if (utf8.length <= longest) {
      return text;
    }
    // A character that was cut in two is decoded as U+FFFD.
    String start = new String(utf8, 0, longest - CUT.getBytes(UTF_8).length, UTF_8);
    return start.replaceFirst("\\uFFFD+$", "") + CUT;
  }
}
