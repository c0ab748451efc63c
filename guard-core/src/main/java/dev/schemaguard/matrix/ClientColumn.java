// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A client, as a column of a table names it.
 *
 * @param index the column's place in its table
 * @param title the header as written
 * @param key what equal names have in common; empty where the column has no name
 */
record ClientColumn(ClientTable table, int index, String title, String key) {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]++");

  ClientColumn(ClientTable table, int index, String title) {
    this(table, index, title, key(title));
  }

  /** The name in lower case, with one blank for each run of blanks, hyphens and underscores. */
  static String key(String name) {
    return SEPARATORS.matcher(name).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
