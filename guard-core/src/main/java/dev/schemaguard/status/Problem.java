// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
  private static final int[] LINE_LENGTHS = {400, 250, 150, 100, 60};

  /** Copies the actions. */
  public Problem {
    actions = List.copyOf(actions);
  }

  /**
   * The problem for people, at most 2 KB.
   *
   * @param headline who refused or warned whom
   * @param override how to go on all the same, or null where nothing overrides it
   */
  public String text(String headline, @Nullable String override) {
    String text = "";
    for (int length : LINE_LENGTHS) {
      text = text(headline, override, length);
      if (text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_TEXT) {
        break;
      }
    }
    return text;
  }

  private String text(String headline, @Nullable String override, int length) {
    StringBuilder text = new StringBuilder(cut(headline, length));
    text.append("   [").append(code).append(']');
    line(text, "database", database, length);
    line(text, "found", found, length);
    line(text, "expected", expected, length);
    line(text, "why", why, length);
    for (int i = 0; i < actions.size(); i++) {
      line(text, i == 0 ? "do now" : "or", actions.get(i), length);
    }
    line(text, "override", override, length);
    return text.toString();
  }

  private static void line(StringBuilder text, String label, @Nullable String value, int length) {
    if (value != null) {
      text.append('\n').append(label).append(" ".repeat(10 - label.length()));
      text.append(cut(value, length));
    }
  }

  private static String cut(String text, int length) {
    String line = text.replaceAll("[\\r\\n\\t]+", " ").strip();
    return line.length() <= length ? line : line.substring(0, length - 1) + "…";
  }
}
