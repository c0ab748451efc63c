// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong and what to do about it. Programs test the code, never a sentence.
 *
 * @param code the stable code, one a verdict and cause; its page stands in docs/problems
 * @param title the problem in a few words
 * @param database which database, schema and table; null where no connection was made
 * @param found what the database holds; null where that could not be told
 * @param expected what this version needs; null where that could not be told
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
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

  /** Copies the actions. */
  public Problem {
    actions = List.copyOf(actions);
  }

  /** Why it is one, as {@link MigrationStatus#error}: one line of at most 300 characters. */
  public String error() {
    return ErrorText.of(why.isBlank() ? title : why);
  }

  /**
   * The problem for people, at most 2 KB: the longest lines are cut first.
   *
   * @param headline who refused or warned whom
   * @param override how to go on all the same, or null where nothing overrides it
   */
  public String text(String headline, @Nullable String override) {
    int length = LONGEST_LINE;
    String text = text(headline, override, length);
    while (text.getBytes(UTF_8).length > LONGEST_TEXT && length > SHORTEST_LINE) {
      length -= STEP;
      text = text(headline, override, length);
    }
    return cut(text, LONGEST_TEXT);
  }

  private String text(String headline, @Nullable String override, int length) {
    StringBuilder text = new StringBuilder(line(headline, length));
    text.append("   [").append(code).append(']');
    add(text, "database", database, length);
    add(text, "found", found, length);
    add(text, "expected", expected, length);
    add(text, "why", why, length);
    for (int i = 0; i < actions.size(); i++) {
      add(text, i == 0 ? "do now" : "or", actions.get(i), length);
    }
    add(text, "override", override, length);
    return text.toString();
  }

  private static void add(StringBuilder text, String label, @Nullable String value, int length) {
    if (value != null) {
      text.append('\n').append(label).append(" ".repeat(10 - label.length()));
      text.append(line(value, length));
    }
  }

  /** A value on one line, whatever a database or a migration's author put into it. */
  private static String line(String value, int length) {
    return cut(CONTROLS.matcher(value).replaceAll(" ").strip(), length);
  }

  /** The beginning of a text that is longer than so many bytes. */
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
