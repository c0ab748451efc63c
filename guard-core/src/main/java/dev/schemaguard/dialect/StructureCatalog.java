// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Reads tables, columns and keys from a product's catalog, by one SELECT. */
public interface StructureCatalog {

  /**
   * Returns the tables and views.
   *
   * @param schemas the schemas to read; empty on a database without schemas
   * @param tables the names of the tables and views to read, in any of the schemas; null means all
   *     but those that belong to the product, to an extension or to a partitioned table
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException;

  /**
   * Returns why this role may not see all tables and columns of these schemas; null if it sees all.
   * Asked only if something is missing.
   *
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  default @Nullable String hidden(DatabaseSession session, Collection<String> schemas)
      throws SQLException {
    return null;
  }
}
