// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Firebird, which has no schemas. Its codes are those of the "Firebird Language Reference",
 * appendix "Exception Codes and Messages", which {@code org.firebirdsql.gds.ISCConstants} of its
 * driver repeats.
 */
final class Firebird extends Dialect {

  /** The driver's own state of its transaction ({@code FBLocalTransaction} of Jaybird 6). */
  private static final DriverTransaction JAYBIRD =
      new DriverTransaction(
          "org.firebirdsql.jdbc.FirebirdConnection", "getLocalTransaction.inTransaction") {
        @Override
        boolean isOpen(Object state) {
          return (Boolean) state;
        }
      };

  Firebird() {
    super("firebird");
  }

  @Override
  public boolean hasSchemas() {
    return false;
  }

  @Override
  public String trueLiteral() {
    return "1";
  }

  /** Returns the only form that Firebird has; its driver returns the user as the URL spells it. */
  @Override
  protected List<String> currentUserQueries() {
    return List.of("SELECT TRIM(CURRENT_USER) FROM RDB$DATABASE");
  }

  /** Returns true, because every role may read the tables of the catalog, such as RDB$RELATIONS. */
  @Override
  protected boolean showsAllTables(DatabaseSession session, String schema) {
    return true;
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (code) {
      // isc_dsql_relation_err.
      case 335544580 -> Kind.UNDEFINED_TABLE;
      // isc_no_priv, whose state 28000 is that of a refused login.
      case 335544352 -> Kind.NO_PRIVILEGE;
      // isc_lock_conflict, isc_lock_timeout, isc_cancelled; of Firebird 4: the three time limits
      // isc_cfg_stmt_timeout, isc_att_stmt_timeout and isc_req_stmt_timeout.
      case 335544345, 335544510, 335544794, 335545127, 335545128, 335545129 -> Kind.TIMEOUT;
      // isc_att_shutdown.
      case 335544856 -> Kind.CONNECTION_LOST;
      default -> super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // isc_login; isc_conf_access_denied: the server's configuration does not allow the path.
      case 335544472, 335544831 -> Refusal.LOGIN;
      // isc_unavailable.
      case 335544375 -> Refusal.DATABASE;
      // isc_io_error: there is no such file, or the server may not open it.
      case 335544344 -> Refusal.FILE;
      // isc_max_att_exceeded.
      case 335544744 -> Refusal.CONNECTIONS;
      // isc_shutdown, isc_shutinprog.
      case 335544528, 335544506 -> Refusal.STARTING;
      // isc_wrong_ods.
      case 335544379 -> Refusal.VERSION;
      default -> null;
    };
  }

  /** Asks for the state of the database's file ({@code gfix -mode read_only}). */
  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    return "1".equals(session.textOrNull("SELECT MON$READ_ONLY FROM MON$DATABASE"))
        ? WriteState.file("the database is in read-only mode (gfix -mode read_only)")
        : WriteState.WRITABLE;
  }

  @Override
  protected List<DriverTransaction> driverTransactions() {
    return List.of(JAYBIRD);
  }
}
