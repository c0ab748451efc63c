// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** The settings of another tool's history table; null where nothing is set. Not thread-safe. */
abstract class RecordedTableProperties {

  /**
   * For the tool 'table': column that identifies a migration. Several columns are separated by
   * commas; their values are joined by dots.
   */
  private @Nullable String revisionColumn;

  /**
   * For the tool 'table': column that orders the rows, oldest first. By default the rows are
   * ordered by the migrations' names.
   */
  private @Nullable String orderColumn;

  /**
   * For the tool 'table': SQL condition that is true for an applied migration. By default all rows
   * are applied.
   */
  private @Nullable String appliedWhen;

  /**
   * For the tool 'table': SQL condition that is true for a failed migration. By default no row has
   * failed.
   */
  private @Nullable String failedWhen;

  /**
   * For the tool 'table': SQL condition that selects the rows of this application; other rows are
   * ignored. By default all rows are read.
   */
  private @Nullable String rowsWhere;

  /**
   * For the tool 'table': 'newest' if the table keeps only the newest version, 'all' if it has a
   * row for each migration. By default 'all'.
   */
  private @Nullable String rowsHold;

  /** For subclasses in this package only. */
  RecordedTableProperties() {}

  /** Returns the columns that identify a migration in another tool's table. */
  public @Nullable String getRevisionColumn() {
    return revisionColumn;
  }

  public void setRevisionColumn(@Nullable String revisionColumn) {
    this.revisionColumn = textOrNull(revisionColumn);
  }

  /** Returns the column that orders the rows; null to order them by name. */
  public @Nullable String getOrderColumn() {
    return orderColumn;
  }

  public void setOrderColumn(@Nullable String orderColumn) {
    this.orderColumn = textOrNull(orderColumn);
  }

  /** Returns the condition of applied rows; null if all are applied. */
  public @Nullable String getAppliedWhen() {
    return appliedWhen;
  }

  public void setAppliedWhen(@Nullable String appliedWhen) {
    this.appliedWhen = textOrNull(appliedWhen);
  }

  /** Returns the condition of failed rows; null if none has failed. */
  public @Nullable String getFailedWhen() {
    return failedWhen;
  }

  public void setFailedWhen(@Nullable String failedWhen) {
    this.failedWhen = textOrNull(failedWhen);
  }

  /** Returns the condition that selects this application's rows; null to read all. */
  public @Nullable String getRowsWhere() {
    return rowsWhere;
  }

  public void setRowsWhere(@Nullable String rowsWhere) {
    this.rowsWhere = textOrNull(rowsWhere);
  }

  /**
   * Returns whether the table keeps only the newest version or all rows; null if it has a row for
   * each migration.
   */
  public @Nullable String getRowsHold() {
    return rowsHold;
  }

  public void setRowsHold(@Nullable String rowsHold) {
    this.rowsHold = textOrNull(rowsHold);
  }

  /**
   * Returns the value, or null if it is blank, because an unset placeholder often results in an
   * empty value.
   */
  static @Nullable String textOrNull(@Nullable String value) {
    return StringUtils.hasText(value) ? value : null;
  }
}
