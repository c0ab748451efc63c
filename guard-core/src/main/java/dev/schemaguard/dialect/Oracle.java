// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import dev.schemaguard.dialect.WriteState.Limit;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Oracle Database. Its codes are those of "Database Error Messages". A table that the user may not
 * read is reported as one that does not exist (ORA-00942), and the catalog hides it.
 */
final class Oracle extends Dialect {

  /** The schemas that the installation creates ("Predefined User Accounts"), by their prefixes. */
  private static final Set<String> SYSTEM =
      Set.of(
          "sys",
          "system",
          "outln",
          "dbsnmp",
          "xdb",
          "ctxsys",
          "mdsys",
          "ordsys",
          "orddata",
          "ordplugins",
          "wmsys",
          "ojvmsys",
          "olapsys",
          "lbacsys",
          "dvsys",
          "dvf",
          "audsys",
          "gsmadmin_internal",
          "appqossys",
          "dbsfwuser",
          "si_informtn_schema",
          "xs$null");

  Oracle() {
    super("oracle");
  }

  @Override
  public boolean hasBooleans() {
    return false;
  }

  @Override
  public String trueLiteral() {
    return "1";
  }

  /** Returns true, because the current schema is that of the user, which is always a choice. */
  @Override
  public boolean isChosen(DatabaseSession session, String schema) {
    return true;
  }

  /** Older drivers report no schema; then it is the user's own. */
  @Override
  protected @Nullable String currentSchema(Connection connection) throws SQLException {
    String schema = super.currentSchema(connection);
    return schema == null ? connection.getMetaData().getUserName() : schema;
  }

  @Override
  protected Set<String> systemSchemas() {
    return SYSTEM;
  }

  @Override
  public boolean hidesWhetherTablesExist() {
    return true;
  }

  /** A user sees every table of its own, and those of others with a privilege on any table. */
  @Override
  protected boolean showsAllTables(DatabaseSession session, String schema) throws SQLException {
    return !session
        .query(
            "SELECT PRIVILEGE FROM SESSION_PRIVS WHERE PRIVILEGE IN"
                + " ('SELECT ANY TABLE', 'READ ANY TABLE')"
                + " UNION ALL SELECT USER FROM DUAL WHERE USER = ?",
            List.of(schema),
            row -> row.getString(1))
        .isEmpty();
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (code) {
      // Insufficient privileges.
      case 1031 -> Kind.NO_PRIVILEGE;
      // Resource busy; a statement that was cancelled; a lock that was waited for in vain.
      case 54, 1013, 30006 -> Kind.TIMEOUT;
      // The session was killed; not connected; end of file; the instance shuts down.
      case 28, 1012, 3113, 3114, 3135, 1089 -> Kind.CONNECTION_LOST;
      case 942 -> Kind.UNDEFINED_OR_HIDDEN;
      default -> Kind.OTHER;
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // Wrong password, account locked, password expired, no CREATE SESSION.
      case 1017, 28000, 28001, 1045 -> Refusal.LOGIN;
      // The listener does not know the service, the SID.
      case 12514, 12505 -> Refusal.DATABASE;
      // Sessions, processes, a limit of the profile, no handler of the listener.
      case 18, 20, 2391, 12516, 12519, 12520 -> Refusal.CONNECTIONS;
      // Initialization or shutdown in progress, not available, blocking new connections.
      case 1033, 1034, 1089, 12526, 12527, 12528 -> Refusal.STARTING;
      default -> null;
    };
  }

  /** Asks for the role of the database in Data Guard, which every user may see. */
  @Override
  protected WriteState writeState(DatabaseSession session) throws SQLException {
    String role = session.textOrNull("SELECT SYS_CONTEXT('USERENV', 'DATABASE_ROLE') FROM DUAL");
    return role != null && role.contains("STANDBY")
        ? new WriteState(
            Limit.REPLICA, "it is a " + role.toLowerCase(Locale.ROOT), "ask the primary database")
        : WriteState.WRITABLE;
  }
}
