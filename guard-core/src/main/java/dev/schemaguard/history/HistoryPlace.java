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
 */
public record HistoryPlace(String tool, String dbms, @Nullable String schema, String table) {

  /**
   * How the tool writes versions, if it knows a migration by its version and takes equal numbers
   * for the same one; else null.
   */
  public @Nullable Numbering numbering() {
    return Numbering.of(tool);
  }

  /**
   * Returns whether the tool records one version only, so that a version that was begun says that
   * everything below it is applied.
   */
  public boolean recordsOneVersion() {
    return numbering() == Numbering.GOLANG_MIGRATE;
  }

  /** For people: {@code schema public table databasechangelog (liquibase)}. */
  public String text() {
    return (schema == null ? "no schema" : "schema " + schema)
        + "  table "
        + table
        + (tool.isEmpty() ? "" : " (" + tool + ")");
  }
}
