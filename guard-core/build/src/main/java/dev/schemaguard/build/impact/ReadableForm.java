// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A form of SQL that the parser does not read, and one of the same meaning that it does. A small
 * table on purpose: what is not in it stays unparsed. The documentation prints it, and a test
 * compares the two.
 *
 * @param written as migrations write it; an ellipsis parts the beginning of a statement from a
 *     clause anywhere in it
 * @param readAs what older versions notice as much or as little; a clause that is left out only
 *     says of which rows, or when, something is checked
 */
record ReadableForm(String written, String readAs) {

  private static final String ELLIPSIS = "…";

  /** What nothing is looked for in. */
  private static final String QUOTED = "('(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`)";

  /** Where an action of ALTER TABLE ends, perhaps after more clauses of that kind. */
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

  /** The statement in forms that the parser reads; as it is where none of these is in it. */
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
