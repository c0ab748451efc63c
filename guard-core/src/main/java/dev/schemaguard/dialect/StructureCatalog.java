// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.structure.DatabaseStructure;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads tables, columns and keys from a product's catalog, by one SELECT. */
public interface StructureCatalog {

  /**
   * Returns the tables and views. A column of a view has neither NOT NULL nor a default.
   *
   * @param schemas the schemas to read, by their exact names; empty means the current database or
   *     file of a product without schemas, whose tables then have no schema in their names
   * @param tables the names of the tables and views to read, in any of the schemas; null means all
   *     but those that belong to the product, to an extension or to a partitioned table
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  DatabaseStructure read(
      DatabaseSession session, Collection<String> schemas, @Nullable Collection<String> tables)
      throws SQLException;

  /**
   * Returns a digest for each schema of what {@link #read} would return for it, computed by the
   * database, so that schemas that look alike need not be transferred and compared one by one. The
   * result lacks schemas that have none of the tables; it is empty if the product computes none.
   *
   * @param schemas the schemas, by their exact names
   * @param tables the names of the tables and views to include
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  default Map<String, String> digests(
      DatabaseSession session, Collection<String> schemas, Collection<String> tables)
      throws SQLException {
    return Map.of();
  }

  /**
   * Returns whether {@link #read} shows every table and column of a schema to this role, so that
   * what is missing from it is proven not to exist. The result is false if the catalog hides what
   * the role may not use, and the role's own privileges do not cover the schema.
   *
   * @param schema the exact name; null means the current database or file of a product without
   *     schemas
   * @throws SQLException if the database refuses, or the session was cancelled
   */
  boolean isComplete(DatabaseSession session, @Nullable String schema) throws SQLException;
}
