// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.matrix.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table in which a migration tool that this library does not know records what it applied. It has
 * a row for each migration, or one row with the newest version. Immutable.
 *
 * <pre>{@code
 * CustomHistoryTable.of("_prisma_migrations", "migration_name")
 *     .orderedBy("started_at")
 *     .appliedWhen("finished_at IS NOT NULL AND rolled_back_at IS NULL")
 *     .failedWhen("finished_at IS NULL AND rolled_back_at IS NULL");
 * CustomHistoryTable.of("version", "version").holdingNewest();
 * }</pre>
 *
 * <p>Names of the table and of columns are quoted exactly. They are found in another letter case if
 * there is only one such name. Conditions are copied into the statement unchanged.
 *
 * @param table the table's name, without the schema
 * @param revisionColumns the columns that name a migration, joined by dots: {@code shop.0001_init}
 * @param orderColumn the column to sort by, so that the oldest row comes first; null means the
 *     migrations' own order, numeric if all of them are integers, else that of their text
 * @param appliedWhen the SQL condition of a row whose migration is in effect; null means every row
 * @param failedWhen the SQL condition of a row whose migration failed; null means no row
 * @param rowsWhere the SQL condition of this application's rows, while the others are treated as
 *     absent; null means all rows
 * @param holdsNewest whether the table keeps the newest version only, in one row; everything up to
 *     it is applied, in the order of the chain
 */
public record CustomHistoryTable(
    String table,
    List<String> revisionColumns,
    @Nullable String orderColumn,
    @Nullable String appliedWhen,
    @Nullable String failedWhen,
    @Nullable String rowsWhere,
    boolean holdsNewest) {

  private static final String TABLE = "table";
  private static final String REVISION_COLUMN = "revision-column";
  private static final String ORDER_COLUMN = "order-column";
  private static final String APPLIED_WHEN = "applied-when";
  private static final String FAILED_WHEN = "failed-when";
  private static final String ROWS_WHERE = "rows-where";
  private static final String ROWS_HOLD = "rows-hold";
  private static final String NEWEST = "newest";
  private static final String ALL = "all";

  /** Tokens that would end the condition, or hide the text after it. */
  private static final List<String> NO_CONDITION = List.of(";", "--", "/*");

  /**
   * Checks and copies the values.
   *
   * @throws ConfigurationException if a name is blank, or a condition is not valid
   */
  public CustomHistoryTable {
    revisionColumns = List.copyOf(revisionColumns);
    requireName(TABLE, table);
    if (revisionColumns.isEmpty()) {
      throw unnamed(REVISION_COLUMN);
    }
    for (String column : revisionColumns) {
      requireName(REVISION_COLUMN, column);
    }
    if (orderColumn != null) {
      requireName(ORDER_COLUMN, orderColumn);
      requireSeveralRows(holdsNewest);
    }
    requireCondition(APPLIED_WHEN, appliedWhen);
    requireCondition(FAILED_WHEN, failedWhen);
    requireCondition(ROWS_WHERE, rowsWhere);
  }

  /**
   * Returns a table in which every row is an applied migration, named by one column or by several.
   */
  public static CustomHistoryTable of(String table, String... revisionColumns) {
    return new CustomHistoryTable(table, List.of(revisionColumns), null, null, null, null, false);
  }

  /**
   * Returns the table that settings describe, or empty if {@code tool} is not {@code TABLE}. A
   * blank value counts as unset.
   *
   * @param revisionColumn the column, or several separated by commas
   * @param rowsHold {@code newest} or {@code all}, which is the default
   * @throws ConfigurationException if a setting is missing, or is meaningless with this tool;
   *     {@link ConfigurationException#where} is the setting's name
   */
  public static Optional<CustomHistoryTable> configured(
      Tool tool,
      @Nullable String table,
      @Nullable String revisionColumn,
      @Nullable String orderColumn,
      @Nullable String appliedWhen,
      @Nullable String failedWhen,
      @Nullable String rowsWhere,
      @Nullable String rowsHold) {
    if (tool != Tool.TABLE) {
      requireNone(REVISION_COLUMN, revisionColumn, tool);
      requireNone(ORDER_COLUMN, orderColumn, tool);
      requireNone(APPLIED_WHEN, appliedWhen, tool);
      requireNone(FAILED_WHEN, failedWhen, tool);
      requireNone(ROWS_WHERE, rowsWhere, tool);
      requireNone(ROWS_HOLD, rowsHold, tool);
      return Optional.empty();
    }
    return Optional.of(
        new CustomHistoryTable(
            given(TABLE, table),
            columns(given(REVISION_COLUMN, revisionColumn)),
            textOrNull(orderColumn),
            textOrNull(appliedWhen),
            textOrNull(failedWhen),
            textOrNull(rowsWhere),
            holdsNewest(textOrNull(rowsHold))));
  }

  /** Returns the same table, with its rows ordered by this column, the oldest first. */
  public CustomHistoryTable orderedBy(String column) {
    return new CustomHistoryTable(
        table, revisionColumns, column, appliedWhen, failedWhen, rowsWhere, holdsNewest);
  }

  /** Returns the same table, in which only rows that satisfy this condition are in effect. */
  public CustomHistoryTable appliedWhen(String condition) {
    return new CustomHistoryTable(
        table, revisionColumns, orderColumn, condition, failedWhen, rowsWhere, holdsNewest);
  }

  /** Returns the same table, in which rows that satisfy this condition are failures. */
  public CustomHistoryTable failedWhen(String condition) {
    return new CustomHistoryTable(
        table, revisionColumns, orderColumn, appliedWhen, condition, rowsWhere, holdsNewest);
  }

  /**
   * Returns the same table, in which only rows that satisfy this condition belong to this
   * application. The others are treated as absent.
   */
  public CustomHistoryTable rowsWhere(String condition) {
    return new CustomHistoryTable(
        table, revisionColumns, orderColumn, appliedWhen, failedWhen, condition, holdsNewest);
  }

  /**
   * Returns the same table, which keeps only the newest version. Everything up to that version is
   * applied, in the order of the chain.
   */
  public CustomHistoryTable holdingNewest() {
    return new CustomHistoryTable(
        table, revisionColumns, orderColumn, appliedWhen, failedWhen, rowsWhere, true);
  }

  private static List<String> columns(String text) {
    List<String> columns = new ArrayList<>();
    for (String column : text.split(",", -1)) {
      columns.add(column.strip());
    }
    return columns;
  }

  private static @Nullable String textOrNull(@Nullable String value) {
    return value == null || value.isBlank() ? null : value.strip();
  }

  private static boolean holdsNewest(@Nullable String rowsHold) {
    if (rowsHold == null || rowsHold.equalsIgnoreCase(ALL)) {
      return false;
    }
    if (rowsHold.equalsIgnoreCase(NEWEST)) {
      return true;
    }
    throw new ConfigurationException(
        ROWS_HOLD,
        "'" + rowsHold + "' is neither newest nor all",
        "Write newest if the table keeps the newest version only; leave it out if the table has a"
            + " row for each migration.");
  }

  private static void requireSeveralRows(boolean holdsNewest) {
    if (holdsNewest) {
      throw new ConfigurationException(
          ORDER_COLUMN,
          "a table that keeps the newest version only has one row and no order",
          "Leave order-column out, or rows-hold.");
    }
  }

  private static String given(String setting, @Nullable String value) {
    String text = textOrNull(value);
    if (text == null) {
      throw unnamed(setting);
    }
    return text;
  }

  private static void requireName(String setting, String name) {
    if (name.isBlank()) {
      throw unnamed(setting);
    }
  }

  private static ConfigurationException unnamed(String setting) {
    return new ConfigurationException(
        setting,
        "the tool table needs the settings table and revision-column, and "
            + setting
            + " names none",
        "Name the table and the column that names its migrations, such as schema_migrations and"
            + " version; or name another tool.");
  }

  private static void requireNone(String setting, @Nullable String value, Tool tool) {
    if (textOrNull(value) != null) {
      throw new ConfigurationException(
          setting,
          "it describes a table of a tool that is not known here, and the tool is " + tool,
          "Set tool to table, or leave it out.");
    }
  }

  private static void requireCondition(String setting, @Nullable String condition) {
    if (condition == null) {
      return;
    }
    boolean usable = !condition.isBlank();
    for (String end : NO_CONDITION) {
      usable &= !condition.contains(end);
    }
    if (!usable) {
      throw new ConfigurationException(
          setting,
          "'" + condition + "' is not a condition",
          "Write what may stand behind WHERE, without ; and without comments: success = 1");
    }
  }
}
