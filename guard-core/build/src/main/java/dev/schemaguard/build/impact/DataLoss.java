// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.Locale;

/** Whether a change deletes data from the database. Later constants are worse. */
public enum DataLoss {
  /** No data is lost. */
  NO,
  /** It cannot be determined from the change alone: data may be lost. */
  UNKNOWN,
  /** All data in the removed objects is lost. */
  YES;

  /**
   * Returns the data loss of a change of this kind. A kind that is not certainly harmless is not
   * {@link #NO}.
   */
  public static DataLoss of(ChangeKind kind) {
    return switch (kind) {
      case DROP_TABLE, DROP_COLUMN, DELETE -> YES;
      case UPDATE,
          ALTER_TYPE,
          REDEFINE_COLUMN,
          ALTER_SEQUENCE,
          DROP_OBJECT,
          CODE,
          OTHER,
          UNPARSED ->
          UNKNOWN;
      case CREATE_TABLE,
          CREATE_TABLE_IF_MISSING,
          ADD_COLUMN,
          ADD_COLUMN_WITH_DEFAULT,
          ADD_COLUMN_IF_MISSING,
          REFERENCE_THAT_YIELDS,
          CREATE_INDEX,
          CREATE_OBJECT,
          COMMENT,
          GRANT,
          COMPLETE_NEW,
          NOTHING,
          REFERENCE_THAT_HOLDS,
          ADD_UNIQUE_WITH_NEW,
          ADD_CHECK_OF_NEW,
          INDEX_EXPRESSION,
          DROP_NOT_NULL,
          SET_DEFAULT,
          DROP_DEFAULT,
          ADD_AUTO_INCREMENT,
          DROP_CONSTRAINT,
          DROP_INDEX,
          RENAME_CONSTRAINT,
          REPLACE_VIEW,
          ADD_VALUE,
          INSERT,
          RENAME_TABLE,
          RENAME_COLUMN,
          ADD_REQUIRED_COLUMN,
          SET_NOT_NULL,
          ADD_UNIQUE,
          ADD_PRIMARY_KEY,
          ADD_FOREIGN_KEY,
          ADD_CHECK,
          DROP_UNIQUE,
          DROP_VIEW,
          RENAME_OBJECT,
          REVOKE ->
          NO;
    };
  }

  /** Returns the worse of the two. */
  public DataLoss and(DataLoss other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
