// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.Locale;

/** Whether data that is in the database is gone after a change; the worse the later. */
public enum DataLoss {
  /** All of it is still there. */
  NO,
  /** Nobody can tell from the change alone: it may be gone. */
  UNKNOWN,
  /** Whatever is in what the change removes is gone. */
  YES;

  /** What a change of this kind does to data. What is not surely harmless is not {@link #NO}. */
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

  /** The worse of the two. */
  public DataLoss and(DataLoss other) {
    return compareTo(other) >= 0 ? this : other;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
