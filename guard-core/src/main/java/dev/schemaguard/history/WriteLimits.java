// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.WriteState.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Determines why a database does not accept writes, by the means of each product. The settings are
 * those of PostgreSQL ("Hot Standby", {@code default_transaction_read_only}, {@code
 * pg_settings.source}), MariaDB and MySQL ({@code read_only}, {@code innodb_read_only}, {@code
 * tx_read_only}), H2 ({@code READONLY()}), SQLite ("URI Filenames") and HSQLDB ({@code
 * IS_READONLY_DATABASE()}).
 */
record WriteLimits(ReadSession session) {

  private static final String READ_ONLY = "default_transaction_read_only";

  /**
   * The sources of a setting that applies to every role of the server ({@code GucSource_Names}).
   */
  private static final Set<String> OF_THE_SERVER =
      Set.of("default", "configuration file", "command line", "environment variable", "global");

  private static final String OPENED_READ_ONLY = "the database is opened read-only";

  WriteState find() throws SQLException {
    WriteState limit =
        switch (session.product().shortName()) {
          case "postgresql", "edb" -> postgres();
          case "mariadb" -> variables("innodb_read_only", "read_only", "tx_read_only");
          case "mysql" ->
              variables(
                  "innodb_read_only", "super_read_only", "read_only", "transaction_read_only");
          case "h2" -> ofFile("SELECT READONLY()");
          case "hsqldb" -> ofFile("VALUES IS_READONLY_DATABASE()");
          case "sqlite" -> sqlite();
          case "derby" -> derby();
          default -> WriteState.WRITABLE;
        };
    return limit.kind() == Kind.WRITABLE && session.connection().isReadOnly()
        ? ofSession("this connection is set to read-only")
        : limit;
  }

  private WriteState postgres() throws SQLException {
    if (isTrue(text("SELECT pg_catalog.pg_is_in_recovery()"))) {
      boolean paused = isTrue(text("SELECT pg_catalog.pg_is_wal_replay_paused()"));
      return new WriteState(
          Kind.REPLICA,
          "it is a standby in recovery" + (paused ? ", and its replay is paused" : ""),
          "ask the primary server: name it in the URL, or all servers with"
              + " targetServerType=primary");
    }
    String all = ofAllRoles("0");
    String database = ofAllRoles("(SELECT oid FROM pg_catalog.pg_database" + currentDatabase());
    String set = database == null ? all : database;
    if (set != null) {
      return isTrue(set) ? setForAllRoles(database != null) : ofRole();
    }
    return isTrue(setting("setting")) && OF_THE_SERVER.contains(setting("source"))
        ? new WriteState(
            Kind.READ_ONLY,
            READ_ONLY + " is on in the server's configuration",
            "set " + READ_ONLY + " off there, if this server should take writes")
        : ofRole();
  }

  private static String currentDatabase() {
    return " WHERE datname = pg_catalog.current_database())";
  }

  /**
   * Returns the value that applies to every role, in any database ({@code 0}) or in one; null if
   * none is set.
   */
  private @Nullable String ofAllRoles(String database) throws SQLException {
    return text(
        "SELECT pg_catalog.split_part(c, '=', 2) FROM pg_catalog.pg_db_role_setting s,"
            + " pg_catalog.unnest(s.setconfig) c WHERE s.setrole = 0 AND s.setdatabase = "
            + database
            + " AND pg_catalog.split_part(c, '=', 1) = '"
            + READ_ONLY
            + "'");
  }

  private WriteState setForAllRoles(boolean inThisDatabase) throws SQLException {
    String name = text("SELECT pg_catalog.current_database()");
    String scope = inThisDatabase ? "DATABASE " + session.quoted("" + name) : "ROLE ALL";
    // Without an explicit mode, the transaction of this statement itself would be read-only.
    return new WriteState(
        Kind.READ_ONLY,
        READ_ONLY + " is on for " + (inThisDatabase ? "the database " + name : "all roles"),
        "run BEGIN READ WRITE; ALTER "
            + scope
            + " RESET "
            + READ_ONLY
            + "; COMMIT, if it should take writes");
  }

  private WriteState ofRole() throws SQLException {
    return isTrue(setting("setting"))
        ? ofSession(READ_ONLY + " is on for this role or session")
        : WriteState.WRITABLE;
  }

  private @Nullable String setting(String column) throws SQLException {
    return text(
        "SELECT %s FROM pg_catalog.pg_settings WHERE name = '%s'".formatted(column, READ_ONLY));
  }

  /** Returns the limit for the first of these variables of MariaDB and MySQL that is on. */
  private WriteState variables(String... names) throws SQLException {
    for (String name : names) {
      if (isOn(text("SELECT @@global." + name))) {
        return new WriteState(
            Kind.READ_ONLY,
            name + " is on, as on a replica",
            "ask the primary server, if this is a replica; else set "
                + name
                + " off, if this server should take writes");
      }
    }
    return isOn(text("SELECT @@session." + names[names.length - 1]))
        ? ofSession("this session is set to read-only")
        : WriteState.WRITABLE;
  }

  /**
   * Returns whether a value means on. MariaDB 12 has values besides ON that do not allow writes
   * either, such as NO_LOCK.
   */
  private static boolean isOn(@Nullable String value) {
    return value != null
        && !Set.of("0", "OFF", "FALSE", "").contains(value.toUpperCase(Locale.ROOT));
  }

  private WriteState ofFile(String question) throws SQLException {
    return isTrue(text(question))
        ? file(OPENED_READ_ONLY + ", by its URL or because its file is read-only")
        : WriteState.WRITABLE;
  }

  private WriteState derby() throws SQLException {
    return session.connection().getMetaData().isReadOnly()
        ? file(OPENED_READ_ONLY)
        : WriteState.WRITABLE;
  }

  private WriteState sqlite() throws SQLException {
    String url = Optional.ofNullable(session.connection().getMetaData().getURL()).orElse("");
    String parameters = url.substring(url.indexOf('?') + 1);
    for (String parameter : List.of("mode=ro", "immutable=1")) {
      if (url.contains("?") && List.of(parameters.split("&", -1)).contains(parameter)) {
        return file(OPENED_READ_ONLY + " (" + parameter + " in the URL)");
      }
    }
    String name = text("SELECT file FROM pragma_database_list WHERE name = 'main'");
    if (name == null || name.isEmpty()) {
      return WriteState.WRITABLE;
    }
    Path file = Path.of(name).toAbsolutePath();
    if (!Files.isWritable(file)) {
      return file("this user may not write the file " + file.getFileName());
    }
    Path folder = file.getParent();
    return folder != null && !Files.isWritable(folder)
        ? file("this user may not write in the folder of " + file.getFileName())
        : WriteState.WRITABLE;
  }

  private static WriteState file(String reason) {
    return new WriteState(
        Kind.READ_ONLY,
        reason,
        "open it with the URL and the user that the migrator has, and make the file writable for"
            + " that user");
  }

  private static WriteState ofSession(String reason) {
    return new WriteState(Kind.READ_ONLY_SESSION, reason, "");
  }

  /**
   * Returns whether a value means true. PostgreSQL accepts any unambiguous prefix of a boolean, and
   * stores it as it was written.
   */
  private static boolean isTrue(@Nullable String value) {
    String lower = value == null ? "" : value.toLowerCase(Locale.ROOT);
    return !lower.isEmpty()
        && ("true".startsWith(lower)
            || "yes".startsWith(lower)
            || Set.of("on", "1").contains(lower));
  }

  /**
   * Returns the first value of a SELECT; null if there is none, or if the database refuses the
   * statement.
   */
  private @Nullable String text(String sql) throws SQLException {
    try {
      return session.query(sql, List.of(), row -> Optional.ofNullable(row.getString(1))).stream()
          .flatMap(Optional::stream)
          .findFirst()
          .orElse(null);
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      session.recover();
      return null;
    }
  }
}
