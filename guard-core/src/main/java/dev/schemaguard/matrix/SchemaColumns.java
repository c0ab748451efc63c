// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The columns of a schema table.
 *
 * @param version the column with the versions of the application
 * @param expected the column with the revisions that they were built for
 * @param min the column with the oldest revisions that they run on; -1 if there is none
 * @param max the column with the newest revisions that they run on; -1 if there is none
 */
record SchemaColumns(int version, int expected, int min, int max) {

  /**
   * Returns the columns of a table, or empty if it is a client table or an unrelated one.
   *
   * @throws ConfigurationException if the table seems to be a schema table and cannot be read as
   *     one
   */
  static Optional<SchemaColumns> of(MarkdownTable table, String origin) {
    if (!SchemaHeaders.haveVersions(table)) {
      SchemaHeaders.requireNotMeant(table, origin);
      return Optional.empty();
    }
    SchemaColumns columns =
        new SchemaColumns(
            column(table, SchemaHeaders.APP_VERSION, origin),
            column(table, SchemaHeaders.EXPECTED, origin),
            column(table, SchemaHeaders.MIN, origin),
            column(table, SchemaHeaders.MAX, origin));
    columns.requireKnownHeaders(table, origin);
    if (columns.expected >= 0) {
      return Optional.of(columns);
    }
    if (columns.min < 0 && columns.max < 0) {
      return Optional.empty();
    }
    throw error(
        table,
        origin,
        "the table has no column Expected head revision",
        "Add it: the revision that each version was built for.");
  }

  /** Returns all columns; -1 for those that the table lacks. */
  int[] all() {
    return new int[] {version, expected, min, max};
  }

  private static int column(MarkdownTable table, Pattern name, String origin) {
    int found = -1;
    for (int i = 0; i < table.headers().size(); i++) {
      if (name.matcher(table.headers().get(i)).matches()) {
        if (found >= 0) {
          throw error(
              table,
              origin,
              "the columns '"
                  + table.headers().get(found)
                  + "' and '"
                  + table.headers().get(i)
                  + "' mean the same",
              "Keep one of them.");
        }
        found = i;
      }
    }
    return found;
  }

  private void requireKnownHeaders(MarkdownTable table, String origin) {
    for (int i = 0; i < table.headers().size(); i++) {
      String header = table.headers().get(i);
      boolean known = i == version || i == expected || i == min || i == max;
      if (!known && SchemaHeaders.isMeantAsColumn(header)) {
        throw error(
            table,
            origin,
            "the column '" + header + "' would be ignored",
            "Rename it to Expected head revision, Min compatible revision or Max compatible"
                + " revision; a comment column must not begin with expected, min or max.");
      }
    }
  }

  private static ConfigurationException error(
      MarkdownTable table, String origin, String what, String action) {
    return new ConfigurationException(origin + ":" + table.line(), what, action);
  }
}
