// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.settings.SettingPrefix;
import dev.schemaguard.settings.TimingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that select the database and limit how long it may take to respond. */
final class DatabaseOptions {

  /** How the names of settings are written on the command line. */
  static final SettingPrefix NAMES = new SettingPrefix("--");

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      defaultValue = "${env:SCHEMA_GUARD_URL}",
      description = "The database, for instance jdbc:postgresql://host:5432/name.")
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_USER}",
      description = "The database user; SELECT on the history is all it needs.")
  private @Nullable String user;

  @Option(
      names = "--password",
      paramLabel = "PASSWORD",
      defaultValue = "${env:SCHEMA_GUARD_PASSWORD}",
      description = "The password; better given by SCHEMA_GUARD_PASSWORD or one of the next two.")
  private @Nullable String password;

  @Option(
      names = "--password-env",
      paramLabel = "VARIABLE",
      defaultValue = "${env:SCHEMA_GUARD_PASSWORD_ENV}",
      description = "The environment variable that holds the password.")
  private @Nullable String passwordVariable;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      defaultValue = "${env:SCHEMA_GUARD_PASSWORD_FILE}",
      description = "The file whose first line is the password.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_SCHEMA}",
      description = "The schema of the history; by default the connection's current one.")
  private @Nullable String schema;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_TABLE}",
      description = "The history table, if it does not have the tool's default name.")
  private @Nullable String table;

  @Option(
      names = "--lock-table",
      paramLabel = "NAME",
      defaultValue = "${env:SCHEMA_GUARD_LOCK_TABLE}",
      description = "The lock table, if it does not have the tool's default name.")
  private @Nullable String lockTable;

  @Option(
      names = "--assume-new",
      description = {
        "This database is new for the application, whatever histories stand under other names or",
        "in other schemas (also: SCHEMA_GUARD_ASSUME_NEW=1)."
      })
  private boolean assumeNew;

  @Option(
      names = "--tool",
      paramLabel = "auto|liquibase|flyway|alembic|golang-migrate|table",
      defaultValue = "${env:SCHEMA_GUARD_TOOL:-auto}",
      converter = ToolConverter.class,
      description = {
        "The migration tool whose history is read; auto: the one of the first four whose table is",
        "there; table: another one, whose table the next options describe."
      })
  private Tool tool = Tool.AUTO;

  @Mixin private final RecordedTableOptions customTable = new RecordedTableOptions();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      defaultValue = "${env:SCHEMA_GUARD_TIMEOUT:-10s}",
      converter = DurationConverter.class,
      description = "The time within which the answer must be there; for wait, the whole deadline.")
  private Duration timeout = TimingSettings.DEFAULT.timeout();

  private boolean waits;

  boolean isGiven() {
    return url != null && !url.isBlank();
  }

  Duration timeout() {
    return timeout;
  }

  Tool tool() {
    return tool;
  }

  /** Returns whether the database is treated as new even if it contains other histories. */
  boolean isAssumedNew() {
    return assumeNew;
  }

  /** Returns the history table of another tool; empty if the tool is a supported one. */
  Optional<CustomHistoryTable> customTable() {
    return NAMES.naming(() -> customTable.table(tool, table));
  }

  HistoryLocation location() {
    return new HistoryLocation(Login.withoutLineEnd(schema), table, lockTable);
  }

  DataSource dataSource() {
    if (!isGiven() || url == null) {
      throw new ConfigurationException(
          "--url",
          "no database is named",
          "Write --url jdbc:postgresql://host:5432/name, or set SCHEMA_GUARD_URL.");
    }
    Login login = login();
    return new DriverDataSource(
        "--url", url.strip(), login.name(), login.passwords(NAMES::of, waits));
  }

  /** Returns one of many databases; these options say what its entry does not. */
  DataSource dataSource(ListedDatabase listed) {
    return listed.dataSource(login(), waits);
  }

  /** Allows a password file to appear later; it is read again for every connection in any case. */
  DatabaseOptions waiting() {
    waits = true;
    return this;
  }

  private Login login() {
    return new Login(user, password, passwordVariable, passwordFile);
  }
}
