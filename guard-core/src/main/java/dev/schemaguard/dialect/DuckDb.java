// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * DuckDB, whose databases are files without roles. Its driver reports every failure without a state
 * and without a code, so the catalog alone shows what exists.
 */
final class DuckDb extends Dialect {

  DuckDb() {
    super("duckdb");
  }

  /** Returns the database of the connection. Files that are attached are other catalogs. */
  @Override
  protected String metadataCatalog(Connection connection) throws SQLException {
    return connection.getCatalog();
  }

  /** The schema of a new file ("SQL statements: CREATE SCHEMA", "USE"). */
  @Override
  protected Set<String> defaultSchemas() {
    return Set.of("main");
  }

  @Override
  protected Set<String> systemSchemas() {
    return Set.of("information_schema", "pg_catalog");
  }

  @Override
  protected boolean showsAllTables(DatabaseSession session, String schema) {
    return true;
  }

  @Override
  protected Kind kind(String state, int code) {
    return Kind.OTHER;
  }

  /**
   * Returns the meaning of a failure to open the file, which is recognized by the method of the
   * driver that threw it, because there is no code. There is no server that could be missing.
   */
  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    StackTraceElement[] calls = failure.getStackTrace();
    return calls.length > 0
            && calls[0].getClassName().equals("org.duckdb.DuckDBNative")
            && calls[0].getMethodName().equals("duckdb_jdbc_startup")
        ? Refusal.FILE
        : null;
  }

  /** Asks for the mode in which the file was opened ({@code duckdb.read_only} in the driver). */
  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return WriteState.ofFile(
        session.isTrue(
            "SELECT readonly FROM duckdb_databases() WHERE database_name = current_database()"));
  }
}
