// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * The place where a history is, or was looked for.
 *
 * @param tool the migration tool that keeps it; empty if it is unknown
 * @param dbms Liquibase's short name of the database product: {@code postgresql}
 * @param schema the schema; null if the connection has none, and empty if the database has no
 *     schemas
 * @param table the history table, as the database spells it if it was found
 * @param rowsWhere the SQL condition of the rows that are this application's; null means all rows
 */
public record HistoryPlace(
    String tool, String dbms, @Nullable String schema, String table, @Nullable String rowsWhere) {

  /** Creates the place of a history to which all rows of its table belong. */
  public HistoryPlace(String tool, String dbms, @Nullable String schema, String table) {
    this(tool, dbms, schema, table, null);
  }

  /** Returns the same place with the condition of the rows that are this application's. */
  public HistoryPlace withRowsWhere(@Nullable String condition) {
    return new HistoryPlace(tool, dbms, schema, table, condition);
  }

  /** Returns the place for people: {@code schema public table databasechangelog (liquibase)}. */
  public String text() {
    return (schema == null ? "no schema  " : schema.isEmpty() ? "" : "schema " + schema + "  ")
        + "table "
        + table
        + (tool.isEmpty() ? "" : " (" + tool + ")");
  }

  /** Returns {@code in schema orders}, with a blank before it; empty without a schema. */
  public String inSchema() {
    return schema == null || schema.isEmpty() ? "" : " in schema " + schema;
  }

  /** Returns what holds the table: {@code schema orders}, or the database if it has no schemas. */
  public String container() {
    return schema == null || schema.isEmpty() ? "the database" : "schema " + schema;
  }
}
