// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Comparator;

/** Says in which names a database product distinguishes upper and lower case. */
public enum LetterCase {
  /** In all names. */
  DISTINCT(false, false),
  /** Not in the names of columns: MySQL and MariaDB. */
  SAME_COLUMNS(false, true),
  /** In no name: SQLite. */
  SAME(true, true);

  private final boolean sameTables;
  private final boolean sameColumns;

  LetterCase(boolean sameTables, boolean sameColumns) {
    this.sameTables = sameTables;
    this.sameColumns = sameColumns;
  }

  /** Returns the order of the names of tables. */
  Comparator<TableName> tables() {
    return sameTables
        ? new TableName.Order(String.CASE_INSENSITIVE_ORDER)
        : Comparator.naturalOrder();
  }

  /** Returns the order of the names of columns. */
  Comparator<String> columns() {
    return sameColumns ? String.CASE_INSENSITIVE_ORDER : Comparator.naturalOrder();
  }
}
