// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Locale;

/**
 * The types of SQLite: only the affinity matters, which the type's name determines, and no length
 * is enforced. ANY is a column that takes every value as it is.
 *
 * @see <a href="https://www.sqlite.org/datatype3.html#determination_of_column_affinity">SQLite:
 *     determination of column affinity</a>
 */
final class SqliteTypes implements ColumnTypes {

  private enum Affinity {
    INTEGER,
    TEXT,
    BLOB,
    ANY,
    REAL,
    NUMERIC
  }

  @Override
  public boolean fits(String expected, String actual) {
    Affinity found = affinity(actual);
    return found == Affinity.ANY || found == affinity(expected);
  }

  private static Affinity affinity(String type) {
    String name = type.toUpperCase(Locale.ROOT);
    if (name.contains("INT")) {
      return Affinity.INTEGER;
    }
    if (name.contains("CHAR") || name.contains("CLOB") || name.contains("TEXT")) {
      return Affinity.TEXT;
    }
    if (name.contains("BLOB")) {
      return Affinity.BLOB;
    }
    if (name.equals("ANY")) {
      return Affinity.ANY;
    }
    return name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")
        ? Affinity.REAL
        : Affinity.NUMERIC;
  }
}
