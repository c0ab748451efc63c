// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

/** Folds names as a database does that are not quoted. */
final class UnquotedName {

  private UnquotedName() {}

  /**
   * Returns the name that a table has if it is created as {@code name}, which is not quoted unless
   * it must be.
   */
  static String folded(DatabaseMetaData metaData, String name) throws SQLException {
    if (!isPlain(name)) {
      return name;
    }
    if (metaData.storesUpperCaseIdentifiers()) {
      return name.toUpperCase(Locale.ROOT);
    }
    return metaData.storesLowerCaseIdentifiers() ? name.toLowerCase(Locale.ROOT) : name;
  }

  /** Returns the name as a database stores it that folds to lower case. */
  static String lowerCase(String name) {
    return isPlain(name) ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static boolean isPlain(String name) {
    boolean plain = !name.isEmpty() && !isDigit(name.charAt(0));
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain &= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || isDigit(c);
    }
    return plain;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
