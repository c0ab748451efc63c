// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A column of a client table. It stands for one client.
 *
 * @param index the column's position in its table
 * @param title the header as written
 * @param key the normalised name, equal for names that mean the same client; empty if the column
 *     has no name
 */
record ClientColumn(ClientTable table, int index, String title, String key) {

  private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]++");

  ClientColumn(ClientTable table, int index, String title) {
    this(table, index, title, key(title));
  }

  /**
   * Returns the name in lower case, with each run of blanks, hyphens and underscores replaced by
   * one blank.
   */
  static String key(String name) {
    return SEPARATORS.matcher(name).replaceAll(" ").strip().toLowerCase(Locale.ROOT);
  }
}
