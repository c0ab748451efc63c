// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.WriteState.Limit;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines why a PostgreSQL server takes no writes: it is a standby ("Hot Standby"), or {@code
 * default_transaction_read_only} is on.
 */
record PostgresWriteState(DatabaseSession session) {

  private static final String READ_ONLY = "default_transaction_read_only";

  /**
   * The sources of a setting that applies to every role of the server ({@code GucSource_Names}).
   */
  private static final Set<String> OF_THE_SERVER =
      Set.of("default", "configuration file", "command line", "environment variable", "global");

  WriteState find() throws SQLException {
    if (session.isTrue("SELECT pg_catalog.pg_is_in_recovery()")) {
      boolean paused = session.isTrue("SELECT pg_catalog.pg_is_wal_replay_paused()");
      return new WriteState(
          Limit.REPLICA,
          "it is a standby in recovery" + (paused ? ", and its replay is paused" : ""),
          "ask the primary server: name it in the URL, or all servers with"
              + " targetServerType=primary");
    }
    String all = setForAllRoles("0");
    String database =
        setForAllRoles(
            "(SELECT oid FROM pg_catalog.pg_database"
                + " WHERE datname = pg_catalog.current_database())");
    String set = database == null ? all : database;
    if (set != null) {
      return isOn(set) ? limitOfAllRoles(database != null) : limitOfRole();
    }
    return isOn(setting("setting")) && OF_THE_SERVER.contains(String.valueOf(setting("source")))
        ? new WriteState(
            Limit.READ_ONLY,
            READ_ONLY + " is on in the server's configuration",
            "set " + READ_ONLY + " off there, if this server should take writes")
        : limitOfRole();
  }

  /**
   * Returns the value that applies to every role, in any database ({@code 0}) or in one; null if
   * none is set.
   */
  private @Nullable String setForAllRoles(String database) throws SQLException {
    return session.textOrNull(
        "SELECT pg_catalog.split_part(c, '=', 2) FROM pg_catalog.pg_db_role_setting s,"
            + " pg_catalog.unnest(s.setconfig) c WHERE s.setrole = 0 AND s.setdatabase = "
            + database
            + " AND pg_catalog.split_part(c, '=', 1) = '"
            + READ_ONLY
            + "'");
  }

  private WriteState limitOfAllRoles(boolean inThisDatabase) throws SQLException {
    String name = session.textOrNull("SELECT pg_catalog.current_database()");
    String scope = inThisDatabase ? "DATABASE " + session.quoted(String.valueOf(name)) : "ROLE ALL";
    // Without an explicit mode, the transaction of this statement itself would be read-only.
    return new WriteState(
        Limit.READ_ONLY,
        READ_ONLY + " is on for " + (inThisDatabase ? "the database " + name : "all roles"),
        "run BEGIN READ WRITE; ALTER "
            + scope
            + " RESET "
            + READ_ONLY
            + "; COMMIT, if it should take writes");
  }

  private WriteState limitOfRole() throws SQLException {
    return isOn(setting("setting"))
        ? WriteState.ofSession(READ_ONLY + " is on for this role or session")
        : WriteState.WRITABLE;
  }

  private @Nullable String setting(String column) throws SQLException {
    return session.textOrNull(
        "SELECT %s FROM pg_catalog.pg_settings WHERE name = '%s'".formatted(column, READ_ONLY));
  }

  /**
   * Returns whether a setting means true. PostgreSQL accepts any unambiguous prefix of a boolean,
   * and stores it as it was written.
   */
  private static boolean isOn(@Nullable String value) {
    String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return !lower.isEmpty()
        && ("true".startsWith(lower)
            || "yes".startsWith(lower)
            || Set.of("on", "1").contains(lower));
  }
}
