// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.Tool;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that describe the history table of another migration tool. */
final class RecordedTableOptions {

  @Option(
      names = "--revision-column",
      paramLabel = "NAME[,NAME]",
      defaultValue = "${env:SCHEMA_GUARD_REVISION_COLUMN}",
      description =
          "With --tool table: the column that names a migration; several are joined by dots.")
  private @Nullable String revisionColumn;

  @Option(
      names = "--order-column",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_ORDER_COLUMN}",
      description = "With --tool table: the column by which the oldest row comes first.")
  private @Nullable String orderColumn;

  @Option(
      names = "--applied-when",
      paramLabel = "SQL",
      defaultValue = "${env:SCHEMA_GUARD_APPLIED_WHEN}",
      description =
          "With --tool table: the condition of a row that is applied; by default all are.")
  private @Nullable String appliedWhen;

  @Option(
      names = "--failed-when",
      paramLabel = "SQL",
      defaultValue = "${env:SCHEMA_GUARD_FAILED_WHEN}",
      description = "With --tool table: the condition of a row that failed; by default none did.")
  private @Nullable String failedWhen;

  @Option(
      names = "--rows-where",
      paramLabel = "SQL",
      defaultValue = "${env:SCHEMA_GUARD_ROWS_WHERE}",
      description =
          "With --tool table: the condition of this application's rows; by default all are.")
  private @Nullable String rowsWhere;

  @Option(
      names = "--rows-hold",
      paramLabel = "newest|all",
      defaultValue = "${env:SCHEMA_GUARD_ROWS_HOLD}",
      description =
          "With --tool table: newest if the table keeps only the newest version; by default it has"
              + " a row for each migration.")
  private @Nullable String rowsHold;

  /**
   * Returns the table that the options describe; empty if the tool is a different one. Errors name
   * the options without their dashes.
   */
  Optional<CustomHistoryTable> table(Tool tool, @Nullable String table) {
    return CustomHistoryTable.configured(
        tool, table, revisionColumn, orderColumn, appliedWhen, failedWhen, rowsWhere, rowsHold);
  }
}
