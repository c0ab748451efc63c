// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.matrix.Numbering;
import org.jspecify.annotations.Nullable;

/**
 * Where a history is, or was looked for.
 *
 * @param tool the migration tool that keeps it; empty where it is not known
 * @param dbms Liquibase's short name of the database product: {@code postgresql}
 * @param schema the schema; null where the connection has none
 * @param table the history table, as the database spells it where it was found
 * @param rowsWhere the SQL condition of the rows that are this application's; null: all are
 */
public record HistoryPlace(
    String tool, String dbms, @Nullable String schema, String table, @Nullable String rowsWhere) {

  /** Creates the place of a history to which all rows of its table belong. */
  public HistoryPlace(String tool, String dbms, @Nullable String schema, String table) {
    this(tool, dbms, schema, table, null);
  }

  /** Returns the same place with the condition of the rows that are this application's. */
  HistoryPlace withRowsWhere(@Nullable String condition) {
    return new HistoryPlace(tool, dbms, schema, table, condition);
  }

  /**
   * How the tool writes versions, if it knows a migration by its version and takes equal numbers
   * for the same one; else null.
   */
  public @Nullable Numbering numbering() {
    return Numbering.of(tool);
  }

  /** For people: {@code schema public table databasechangelog (liquibase)}. */
  public String text() {
    return (schema == null ? "no schema" : "schema " + schema)
        + "  table "
        + table
        + (tool.isEmpty() ? "" : " (" + tool + ")");
  }
}
