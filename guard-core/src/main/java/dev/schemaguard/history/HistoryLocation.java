// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * Where an application says that its history is.
 *
 * @param schema the schema (on MariaDB and MySQL the database); null: the connection's current one
 * @param table the history table; null: the tool's default name
 * @param lockTable the tool's lock table; null: the tool's default name
 */
public record HistoryLocation(
    @Nullable String schema, @Nullable String table, @Nullable String lockTable) {

  /** The tool's own names in the connection's current schema. */
  public static final HistoryLocation DEFAULT = new HistoryLocation(null, null, null);

  /** The same tables in another schema; null: the connection's current one. */
  public HistoryLocation in(@Nullable String otherSchema) {
    return new HistoryLocation(otherSchema, table, lockTable);
  }
}
