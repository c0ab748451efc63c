// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HSQLDB. Its codes are those of {@code org.hsqldb.error.ErrorCode}. */
final class Hsqldb extends Dialect {

  /**
   * The code that is reported with 42501. It means either that the object does not exist or that
   * the privilege is missing.
   */
  private static final int NOT_FOUND = -5501;

  Hsqldb() {
    super("hsqldb");
  }

  @Override
  protected Set<String> systemSchemas() {
    return Set.of("information_schema", "system_lobs");
  }

  @Override
  protected Kind kind(String state, int code) {
    return code == NOT_FOUND && state.equals("42501")
        ? Kind.UNDEFINED_OR_HIDDEN
        : super.kind(state, code);
  }

  /** Returns the meaning of its lock file. */
  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return failure.getErrorCode() == -451 ? Refusal.LOCKED : null;
  }

  @Override
  public boolean hidesWhetherTablesExist() {
    return true;
  }

  /** Everything is visible to the administrator, and a schema to its owner, which may be a role. */
  @Override
  protected boolean showsAllTables(DatabaseSession session, String schema) throws SQLException {
    return !session
        .query(
            "SELECT ROLE_NAME FROM INFORMATION_SCHEMA.ENABLED_ROLES WHERE ROLE_NAME = 'DBA'"
                + " UNION SELECT SCHEMA_OWNER FROM INFORMATION_SCHEMA.SCHEMATA"
                + " WHERE SCHEMA_NAME = ? AND (SCHEMA_OWNER = CURRENT_USER"
                + " OR SCHEMA_OWNER IN (SELECT ROLE_NAME FROM INFORMATION_SCHEMA.ENABLED_ROLES))",
            List.of(schema),
            row -> row.getString(1))
        .isEmpty();
  }

  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return WriteState.ofFile(session.isTrue("VALUES IS_READONLY_DATABASE()"));
  }

  @Override
  public Optional<String> tableComment(
      DatabaseSession session, @Nullable String schema, String table) throws SQLException {
    return TableComment.read(
        session,
        "SELECT REMARKS FROM INFORMATION_SCHEMA.SYSTEM_TABLES WHERE TABLE_SCHEM = ?"
            + " AND TABLE_NAME = ?",
        schema,
        table);
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new HsqldbStructure(this));
  }
}
