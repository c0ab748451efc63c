// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A migration written in SQL of any dialect. Statements that cannot be parsed, or that no rule
 * covers, are {@link Impact#UNCLEAR}.
 *
 * @param text the statements
 */
public record SqlScript(String text) {

  private static final int SHOWN = 60;

  private static final String NAME = "[\\w.$\"]+";

  /** Statements that change neither schema nor data; the parser knows only some of them. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          String.join(
              "|",
              "begin(?: transaction| work)?",
              "start transaction",
              "commit(?: transaction| work)?",
              "set (?:local |session )?(?:lock_timeout|statement_timeout)\\s*(?:=|\\bto\\b)\\s*"
                  + "(?:'[^']*'|\\w+)",
              // It checks existing rows only; new rows have already been checked against the
              // constraint.
              "alter table (?:if exists )?(?:only )?" + NAME + " validate constraint " + NAME,
              "comment on (?:constraint|domain|extension|index|materialized view|schema|sequence|type) "
                  + NAME
                  + "(?: on "
                  + NAME
                  + ")? is (?:null|'(?:[^']|'')*')"),
          Pattern.CASE_INSENSITIVE);

  /** Returns the changes that its statements make, in their order. */
  public List<SchemaChange> changes() {
    SqlStatements script = SqlStatements.of(text);
    List<SchemaChange> changes = new ArrayList<>();
    for (String statement : script.statements()) {
      changes.addAll(changes(statement));
    }
    for (String doubt : script.doubts()) {
      changes.add(SchemaChange.of(ChangeKind.UNPARSED, doubt));
    }
    return changes;
  }

  private static List<SchemaChange> changes(String statement) {
    if (HARMLESS.matcher(statement.replaceAll("\\s+", " ")).matches()) {
      return List.of(SchemaChange.of(ChangeKind.NOTHING, shown(statement)));
    }
    return ParsedStatement.changes(statement);
  }

  /** Returns the beginning of a statement, on one line. */
  static String shown(String statement) {
    String line = statement.replaceAll("\\s+", " ").strip();
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN - 1).strip() + "…";
  }
}
