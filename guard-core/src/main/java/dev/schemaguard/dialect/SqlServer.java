// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQL Server. Its codes are those of {@code sys.messages}. */
final class SqlServer extends Dialect {

  SqlServer() {
    super("mssql");
  }

  @Override
  protected Set<String> defaultSchemas() {
    return Set.of("dbo");
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      case 18456 -> Refusal.LOGIN;
      case 4060 -> Refusal.DATABASE;
      default -> null;
    };
  }

  /** A SELECT without a table begins no transaction (SET IMPLICIT_TRANSACTIONS, Transact-SQL). */
  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    return LentTransaction.isAboveZero(session, "SELECT @@TRANCOUNT");
  }
}
