// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.database.DatabaseType;
import org.flywaydb.core.internal.database.DatabaseTypeRegister;
import org.flywaydb.core.internal.database.InsertRowLock;
import org.flywaydb.core.internal.jdbc.JdbcTemplate;

/** A run of real Flyway with scripts that exist in memory only. */
public final class FlywayRun {

  /** Held, for a logger that nobody holds loses its level. */
  private static final Logger LOG = Logger.getLogger("org.flywaydb");

  static {
    quiet();
  }

  /** Keeps Flyway from logging. */
  public static void quiet() {
    LOG.setLevel(Level.OFF);
  }

  private final Map<String, String> scripts = new TreeMap<>();
  private final FluentConfiguration configuration;

  private FlywayRun(DataSource dataSource) {
    configuration =
        Flyway.configure().dataSource(dataSource).resourceProvider(new Scripts(scripts));
  }

  /** A run with scripts of these names, without {@code .sql}, that change nothing. */
  public static FlywayRun of(DataSource dataSource, String... names) {
    FlywayRun run = new FlywayRun(dataSource);
    Arrays.stream(names).forEach(name -> run.script(name, "SELECT 1"));
    return run;
  }

  /**
   * Does {@code work} while Flyway's lock row is in {@code table}, written as it is on CockroachDB
   * ({@code CockroachDBTable} in flyway-database-cockroachdb).
   *
   * @param quote what a name is quoted with
   */
  public static void lockedByRow(
      DataSource dataSource, String table, String quote, SqlRunnable work) throws SQLException {
    String columns =
        "installed_rank version description type script checksum installed_by execution_time"
            + " success";
    String insert =
        "INSERT INTO %s (%s) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            .formatted(table, quote + columns.replace(" ", quote + ", " + quote) + quote);
    String own = quote + "version" + quote + " = '?'";
    String lock = " AND " + quote + "description" + quote + " = 'flyway-lock'";
    String renewed = quote + "installed_on" + quote;
    try (Connection connection = dataSource.getConnection()) {
      DatabaseType type =
          DatabaseTypeRegister.getDatabaseTypeForConnection(connection, Flyway.configure());
      InsertRowLock row = new InsertRowLock(new JdbcTemplate(connection, type));
      row.doLock(
          insert,
          "UPDATE " + table + " SET " + renewed + " = now() WHERE " + own + lock,
          "DELETE FROM " + table + " WHERE " + renewed + " < TIMESTAMP '?'" + lock,
          "true");
      try {
        work.run();
      } finally {
        row.doUnlock("DELETE FROM " + table + " WHERE " + own + lock);
      }
    }
  }

  /** Work that may fail on the database. */
  @FunctionalInterface
  public interface SqlRunnable {
    void run() throws SQLException;
  }

  /** The same with this script besides, or in place of the one of that name. */
  public FlywayRun script(String name, String sql) {
    scripts.put(name + ".sql", sql);
    return this;
  }

  /** The same without the script of that name. */
  public FlywayRun without(String name) {
    scripts.remove(name + ".sql");
    return this;
  }

  /** The same in a schema, which Flyway creates if it is not there. */
  public FlywayRun in(String schema) {
    configuration.schemas(schema);
    return this;
  }

  /** The same with a history table of another name. */
  public FlywayRun table(String table) {
    configuration.table(table);
    return this;
  }

  /** The same up to a version. */
  public FlywayRun target(String version) {
    configuration.target(version);
    return this;
  }

  /** The same with scripts that are older than what is applied. */
  public FlywayRun outOfOrder() {
    configuration.outOfOrder(true);
    return this;
  }

  /** The same with a migration of this version that does {@code work} while Flyway runs it. */
  public FlywayRun working(String version, Runnable work) {
    configuration.javaMigrations(new Working(MigrationVersion.fromVersion(version), work));
    return this;
  }

  /** The same with a migration of this version that fails, and leaves half of its work. */
  public FlywayRun failing(String version) {
    return working(
        version,
        () -> {
          throw new IllegalStateException("this migration fails");
        });
  }

  /** The same with a lock on PostgreSQL that is the session's and not a transaction's. */
  public FlywayRun lockingBySession() {
    configuration.configuration(Map.of("flyway.postgresql.transactional.lock", "false"));
    return this;
  }

  /** The same though scripts are gone that were applied. */
  public FlywayRun ignoreMissing() {
    configuration.ignoreMigrationPatterns("*:missing");
    return this;
  }

  /** Applies everything. */
  public void migrate() {
    configuration.load().migrate();
  }

  /** Records everything as applied without running it. */
  public void skip() {
    configuration.skipExecutingMigrations(true).load().migrate();
  }

  /** Tries to, and fails. */
  public void migrateInVain() {
    // Else PostgreSQL takes the record of the failure back, with the lock of the run.
    lockingBySession();
    try {
      configuration.load().migrate();
    } catch (FlywayException e) {
      return;
    }
    throw new AssertionError("every script is sound");
  }

  /** Says that the database has everything up to a version. */
  public void baseline(String version) {
    configuration.baselineVersion(version).load().baseline();
  }

  /** Deletes what failed from the history, and marks as deleted what has no script. */
  public void repair() {
    configuration.load().repair();
  }

  private record Scripts(Map<String, String> texts) implements ResourceProvider {

    @Override
    public LoadableResource getResource(String name) {
      return texts.containsKey(name) ? new Script(name, texts.get(name)) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
      return texts.entrySet().stream()
          .filter(script -> script.getKey().startsWith(prefix))
          .filter(script -> List.of(suffixes).contains(".sql"))
          .map(script -> (LoadableResource) new Script(script.getKey(), script.getValue()))
          .toList();
    }
  }

  private record Working(MigrationVersion version, Runnable work) implements JavaMigration {

    @Override
    public MigrationVersion getVersion() {
      return version;
    }

    @Override
    public String getDescription() {
      return "working";
    }

    @Override
    public Integer getChecksum() {
      return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
      return false;
    }

    @Override
    public void migrate(Context context) {
      work.run();
    }
  }

  private static final class Script extends LoadableResource {

    private final String name;
    private final String text;

    Script(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Reader read() {
      return new StringReader(text);
    }

    @Override
    public String getAbsolutePath() {
      return name;
    }

    @Override
    public String getAbsolutePathOnDisk() {
      return name;
    }

    @Override
    public String getFilename() {
      return name;
    }

    @Override
    public String getRelativePath() {
      return name;
    }
  }
}
