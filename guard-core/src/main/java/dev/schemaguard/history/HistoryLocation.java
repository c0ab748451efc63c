// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * The location of a history, as the application's settings give it.
 *
 * @param schema the schema (on MariaDB and MySQL the database); null means the connection's current
 *     one
 * @param table the history table; null means the tool's default name
 * @param lockTable the tool's lock table; null means the tool's default name
 */
public record HistoryLocation(
    @Nullable String schema, @Nullable String table, @Nullable String lockTable) {

  /** The tool's default names in the connection's current schema. */
  public static final HistoryLocation DEFAULT = new HistoryLocation(null, null, null);

  /** Returns the same tables in another schema; null means the connection's current one. */
  public HistoryLocation in(@Nullable String otherSchema) {
    return new HistoryLocation(otherSchema, table, lockTable);
  }
}
