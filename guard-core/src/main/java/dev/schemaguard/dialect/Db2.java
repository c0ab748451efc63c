// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.SqlFailure.Kind;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Db2. Its states and codes are those of "SQLSTATE messages" and "SQL messages". */
final class Db2 extends Dialect {

  Db2() {
    super("db2");
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

  /** Returns true, because a user with IMPLICIT_SCHEMA creates the schema with its first table. */
  @Override
  public boolean createsSchemasOnDemand() {
    return true;
  }

  @Override
  protected Set<String> systemSchemas() {
    return Set.of(
        "sysibm",
        "syscat",
        "sysfun",
        "sysstat",
        "sysproc",
        "sysibmadm",
        "sysibminternal",
        "sysibmts",
        "syspublic",
        "systools",
        "nullid",
        "sqlj");
  }

  @Override
  protected Kind kind(String state, int code) {
    return switch (state) {
      // An undefined name (SQL0204N).
      case "42704" -> Kind.UNDEFINED_TABLE;
      // No privilege on the object (SQL0551N), for the operation (SQL0552N).
      case "42501", "42502" -> Kind.NO_PRIVILEGE;
      // A lock that was waited for in vain (SQL0911N, SQL0913N); cancelled (SQL0952N).
      case "40001", "57033", "57014" -> Kind.TIMEOUT;
      default -> super.kind(state, code);
    };
  }

  @Override
  protected @Nullable Refusal refusal(SQLException failure) {
    return switch (failure.getErrorCode()) {
      // The user or password is not valid (the driver's own code), or has expired; no CONNECT.
      case -4214, -30082, -1060 -> Refusal.LOGIN;
      // The database is not known to the server.
      case -1013, -1031, -30061 -> Refusal.DATABASE;
      // The maximum number of applications, of agents.
      case -1040, -1226 -> Refusal.CONNECTIONS;
      // Not started; in rollforward, quiesced, or a standby without reads.
      case -1032, -1117, -20157, -1776 -> Refusal.STARTING;
      default -> null;
    };
  }
}
