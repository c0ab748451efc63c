// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The settings of a table of another tool, null where nothing is set. Not thread-safe. */
abstract class RecordedTableProperties {

  /**
   * With the tool 'table': the column that names a migration, or several parted by commas, which
   * are joined by dots.
   */
  private @Nullable String revisionColumn;

  /**
   * With the tool 'table': the column by which the oldest row comes first. By default the order is
   * that of the migrations' names.
   */
  private @Nullable String orderColumn;

  /** With the tool 'table': the SQL condition of a row that is applied. By default all are. */
  private @Nullable String appliedWhen;

  /** With the tool 'table': the SQL condition of a row that failed. By default none did. */
  private @Nullable String failedWhen;

  /**
   * With the tool 'table': the SQL condition of the rows that are this application's. The others
   * are ignored. By default all are.
   */
  private @Nullable String rowsWhere;

  /**
   * With the tool 'table': 'newest' if the table keeps only the newest version. By default 'all':
   * it has a row for each migration.
   */
  private @Nullable String rowsHold;

  /** For subclasses in this package. */
  RecordedTableProperties() {}

  /** What names a migration in a table of another tool. */
  public @Nullable String getRevisionColumn() {
    return revisionColumn;
  }

  public void setRevisionColumn(@Nullable String revisionColumn) {
    this.revisionColumn = textOrNull(revisionColumn);
  }

  /** What orders the rows of such a table; null: the names themselves. */
  public @Nullable String getOrderColumn() {
    return orderColumn;
  }

  public void setOrderColumn(@Nullable String orderColumn) {
    this.orderColumn = textOrNull(orderColumn);
  }

  /** Which of its rows are applied; null: all. */
  public @Nullable String getAppliedWhen() {
    return appliedWhen;
  }

  public void setAppliedWhen(@Nullable String appliedWhen) {
    this.appliedWhen = textOrNull(appliedWhen);
  }

  /** Which of its rows failed; null: none. */
  public @Nullable String getFailedWhen() {
    return failedWhen;
  }

  public void setFailedWhen(@Nullable String failedWhen) {
    this.failedWhen = textOrNull(failedWhen);
  }

  /** Which of its rows are this application's; null: all. */
  public @Nullable String getRowsWhere() {
    return rowsWhere;
  }

  public void setRowsWhere(@Nullable String rowsWhere) {
    this.rowsWhere = textOrNull(rowsWhere);
  }

  /** Whether it keeps only the newest version; null: it has a row for each migration. */
  public @Nullable String getRowsHold() {
    return rowsHold;
  }

  public void setRowsHold(@Nullable String rowsHold) {
    this.rowsHold = textOrNull(rowsHold);
  }

  /**
   * Returns the value, or null if it is blank, because placeholders often end in an empty value.
   */
  static @Nullable String textOrNull(@Nullable String value) {
    return StringUtils.hasText(value) ? value : null;
  }
}
