// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL form that the parser does not read, with an equivalent form that it reads. The table is
 * small on purpose; anything else stays unparsed. The documentation contains it, and a test
 * compares the two.
 *
 * @param written the form in migrations; an ellipsis separates the beginning of a statement from a
 *     clause anywhere in it
 * @param readAs a form with the same effect on older versions; an omitted clause only defines for
 *     which rows, or when, something is checked
 */
record ReadableForm(String written, String readAs) {

  private static final String ELLIPSIS = "…";

  /** Quoted text, which is not searched. */
  private static final String QUOTED = "('(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`)";

  /** The end of an ALTER TABLE action, which may be followed by more clauses of that kind. */
  private static final String END =
      "(?=\\s*(?:,|$|not\\s+valid\\b|not\\s+deferrable\\b|deferrable\\b))";

  static final List<ReadableForm> ALL =
      List.of(
          new ReadableForm("ALTER TABLE … SET DATA TYPE", "ALTER TABLE … TYPE"),
          new ReadableForm("ALTER TABLE … NOT VALID", "ALTER TABLE …"),
          new ReadableForm("ALTER TABLE … NOT DEFERRABLE", "ALTER TABLE …"),
          new ReadableForm("ALTER TABLE … DEFERRABLE INITIALLY DEFERRED", "ALTER TABLE …"),
          new ReadableForm("ALTER TABLE … DEFERRABLE INITIALLY IMMEDIATE", "ALTER TABLE …"),
          new ReadableForm("ALTER TABLE … DEFERRABLE", "ALTER TABLE …"),
          new ReadableForm(
              "ALTER TABLE … DROP FOREIGN KEY IF EXISTS", "ALTER TABLE … DROP CONSTRAINT"),
          new ReadableForm("ALTER TABLE … DROP FOREIGN KEY", "ALTER TABLE … DROP CONSTRAINT"),
          new ReadableForm("ALTER TABLE … DROP CHECK", "ALTER TABLE … DROP CONSTRAINT"),
          new ReadableForm("CREATE SEQUENCE IF NOT EXISTS", "CREATE SEQUENCE"),
          new ReadableForm("DROP INDEX CONCURRENTLY", "DROP INDEX"));

  /** Returns the statement in a form that the parser reads; unchanged if no form matches. */
  static String of(String statement) {
    String readable = statement;
    for (ReadableForm form : ALL) {
      readable = form.applyTo(readable);
    }
    return readable;
  }

  private String applyTo(String statement) {
    int ellipsis = written.indexOf(ELLIPSIS);
    if (ellipsis < 0) {
      return Pattern.compile("^" + words(written), Pattern.CASE_INSENSITIVE)
          .matcher(statement)
          .replaceFirst(readAs);
    }
    String beginning = words(written.substring(0, ellipsis));
    if (!Pattern.compile("^" + beginning, Pattern.CASE_INSENSITIVE).matcher(statement).find()) {
      return statement;
    }
    String clause = readAs.substring(readAs.indexOf(ELLIPSIS) + 1).strip();
    String looked = words(written.substring(ellipsis + 1)) + (clause.isEmpty() ? END : "");
    return Pattern.compile(QUOTED + "|" + looked, Pattern.CASE_INSENSITIVE)
        .matcher(statement)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(found.group(1) == null ? " " + clause : found.group()));
  }

  private static String words(String text) {
    return "\\b" + text.strip().toLowerCase(Locale.ROOT).replace(" ", "\\s+") + "\\b";
  }
}
