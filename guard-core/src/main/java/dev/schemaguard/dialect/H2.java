// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** H2. Its codes are those of {@code org.h2.api.ErrorCode}. */
final class H2 extends Dialect {

  H2() {
    super("h2");
  }

  /** 42S03 is reported if there are similar names, and 42S04 if there is no table at all. */
  @Override
  protected Kind kind(String state, int code) {
    return switch (code) {
      case 90096 -> Kind.NO_PRIVILEGE;
      // LOCK_TIMEOUT_1 and STATEMENT_WAS_CANCELED.
      case 50200, 57014 -> Kind.TIMEOUT;
      default ->
          switch (state) {
            case "42S02", "42S03", "42S04" -> Kind.UNDEFINED_TABLE;
            default -> super.kind(state, code);
          };
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 90096 -> Refusal.LOGIN;
      case 90013, 90138, 90146 -> Refusal.DATABASE;
      case 90098 -> Refusal.STARTING;
      // Open in another process, in exclusive mode.
      case 90020, 90135 -> Refusal.LOCKED;
      case 90048 -> Refusal.VERSION;
      // Corrupted, encrypted, an input or output error, opening failed (2).
      case 90030, 90049, 90028, 90031, 8000 -> Refusal.FILE;
      // The connection is broken, or none could be made.
      case 90067 -> Refusal.NONE;
      default -> null;
    };
  }

  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return WriteState.ofFile(session.isTrue("SELECT READONLY()"));
  }

  /** Returns null for older releases, which do not report it for an in-memory database. */
  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    if (session.connection().getMetaData().getDatabaseMajorVersion() < 2) {
      return null;
    }
    return LentTransaction.isAboveZero(
        session, "SELECT CASE WHEN TRANSACTION_ID() IS NULL THEN 0 ELSE 1 END");
  }

  @Override
  public Optional<String> tableComment(
      DatabaseSession session, @Nullable String schema, String table) throws SQLException {
    return TableComment.read(
        session,
        "SELECT REMARKS FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ?"
            + " AND TABLE_NAME = ?",
        schema,
        table);
  }

  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.of(new H2Structure());
  }
}
