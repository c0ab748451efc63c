// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Apache Derby. Its states are those of {@code org.apache.derby.shared.common.reference.SQLState}.
 */
final class Derby extends Dialect {

  Derby() {
    super("derby");
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (state) {
      case "42X05" -> Kind.UNDEFINED_TABLE;
      // For a table, for a column.
      case "42500", "42502" -> Kind.NO_PRIVILEGE;
      case "40XL1", "40XL2" -> Kind.TIMEOUT;
      default -> super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (SqlFailure.state(failure)) {
      case "42500", "42502" -> Refusal.LOGIN;
      case "XJ004" -> Refusal.DATABASE;
      // One process only opens a database.
      case "XSDB6" -> Refusal.LOCKED;
      // It gave up a login that took too long. That is not a response.
      case "XBDA0" -> Refusal.NONE;
      default -> null;
    };
  }

  /** The schemas of a new database but {@code APP} ("SYSSCHEMAS system table"). */
  @Override
  protected Set<String> systemSchemas() {
    return Set.of(
        "sys",
        "syscat",
        "syscs_diag",
        "syscs_util",
        "sysfun",
        "sysibm",
        "sysproc",
        "sysstat",
        "nullid",
        "sqlj");
  }

  @Override
  public boolean createsSchemasOnDemand() {
    return true;
  }

  @Override
  protected boolean showsAllTables(DatabaseSession session, String schema) {
    return true;
  }

  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return session.connection().getMetaData().isReadOnly()
        ? WriteState.file(WriteState.OPENED_READ_ONLY)
        : WriteState.WRITABLE;
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new DerbyStructure());
  }
}
