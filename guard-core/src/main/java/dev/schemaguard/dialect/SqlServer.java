// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * SQL Server and Azure SQL. Its codes are those of {@code sys.messages} ("Database Engine events
 * and errors"). The states depend on the driver's setting {@code xopenStates}, so only codes are
 * used.
 */
final class SqlServer extends Dialect {

  SqlServer() {
    super("mssql");
  }

  @Override
  public boolean hasBooleans() {
    return false;
  }

  @Override
  public String trueLiteral() {
    return "1";
  }

  @Override
  protected Set<String> defaultSchemas() {
    return Set.of("dbo");
  }

  /** The fixed database roles own schemas of the same names. */
  @Override
  protected Set<String> systemSchemas() {
    return Set.of(
        "sys",
        "information_schema",
        "guest",
        "db_owner",
        "db_accessadmin",
        "db_securityadmin",
        "db_ddladmin",
        "db_backupoperator",
        "db_datareader",
        "db_datawriter",
        "db_denydatareader",
        "db_denydatawriter");
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (code) {
      // Invalid object name.
      case 208 -> Kind.UNDEFINED_TABLE;
      // SELECT denied on the object, on a column; the database is not accessible to this login.
      case 229, 230, 916 -> Kind.NO_PRIVILEGE;
      // LOCK_TIMEOUT has passed.
      case 1222 -> Kind.TIMEOUT;
      // The system shut down the session; a paused or failed-over database (Azure SQL).
      case 596, 40197, 40613 -> Kind.CONNECTION_LOST;
      default -> super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // Login failed, untrusted domain, password expired or to be changed; blocked by the firewall.
      case 18456, 18452, 18487, 18488, 40615, 916 -> Refusal.LOGIN;
      // Cannot open the database: it does not exist, is offline or single-user.
      case 4060, 911, 942, 924 -> Refusal.DATABASE;
      // The maximum number of connections, of requests (Azure SQL).
      case 17809, 10928, 10929 -> Refusal.CONNECTIONS;
      // In recovery; paused or being moved (Azure SQL).
      case 922, 40197, 40613 -> Refusal.STARTING;
      default -> null;
    };
  }

  /** Looks at {@code DATABASEPROPERTYEX}, which is READ_ONLY for a secondary replica as well. */
  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return "READ_ONLY"
            .equals(
                session.textOrNull(
                    "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS VARCHAR(20))"))
        ? new WriteState(
            WriteState.Limit.READ_ONLY,
            "the database is read-only, or this is a secondary replica",
            "ask the primary replica, if this is a secondary one (without ApplicationIntent=ReadOnly);"
                + " else ALTER DATABASE CURRENT SET READ_WRITE, if it should take writes")
        : WriteState.WRITABLE;
  }

  /** A SELECT without a table begins no transaction (SET IMPLICIT_TRANSACTIONS, Transact-SQL). */
  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) throws SQLException {
    return LentTransaction.isAboveZero(session, "SELECT @@TRANCOUNT");
  }
}
