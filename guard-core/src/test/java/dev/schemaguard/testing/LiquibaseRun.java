// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.changelog.FastCheckService;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.resource.ResourceAccessor;
import liquibase.sdk.resource.MockResourceAccessor;
import liquibase.ui.LoggerUIService;

/**
 * A run of real Liquibase.
 *
 * @param schema where its tables and the changelog's are; null: the connection's current schema
 * @param historyTable the name of its history table; null: the default
 * @param lockTable the name of its lock table; null: the default
 */
public record LiquibaseRun(
    DataSource dataSource,
    String schema,
    String historyTable,
    String lockTable,
    String changelog,
    ResourceAccessor files) {

  /** Held, for a logger that nobody holds loses its level. */
  private static final Logger LOG = Logger.getLogger("liquibase");

  static {
    LOG.setLevel(Level.WARNING);
  }

  private static final String XML =
      """
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
      %s</databaseChangeLog>
      """;

  /** Work with Liquibase. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Liquibase liquibase) throws Exception;
  }

  /** A run with a changelog of the class path. */
  public static LiquibaseRun of(DataSource dataSource, String changelog) {
    return new LiquibaseRun(
        dataSource, null, null, null, changelog, new ClassLoaderResourceAccessor());
  }

  /** A run with a changelog of these changesets, all by {@code tester}, that change nothing. */
  public static LiquibaseRun ofChangesets(DataSource dataSource, String path, String... ids) {
    String changesets =
        Arrays.stream(ids).map(id -> changeset(id, "")).collect(Collectors.joining());
    return ofXml(dataSource, path, changesets);
  }

  /** A run with a changelog of changesets written in XML. */
  public static LiquibaseRun ofXml(DataSource dataSource, String path, String elements) {
    return new LiquibaseRun(
        dataSource,
        null,
        null,
        null,
        path,
        new MockResourceAccessor(Map.of(path, XML.formatted(elements))));
  }

  /** A run with a changelog that is the text of a file. */
  public static LiquibaseRun ofText(DataSource dataSource, String path, String text) {
    return new LiquibaseRun(
        dataSource, null, null, null, path, new MockResourceAccessor(Map.of(path, text)));
  }

  /** A changeset by {@code tester} that changes nothing. */
  public static String changeset(String id, String attributes) {
    return "<changeSet id=\"%s\" author=\"tester\" %s><sql>SELECT 1</sql></changeSet>%n"
        .formatted(id, attributes);
  }

  /** The same with everything in a schema. */
  public LiquibaseRun in(String otherSchema) {
    return new LiquibaseRun(dataSource, otherSchema, historyTable, lockTable, changelog, files);
  }

  /** The same with other tables of Liquibase's own. */
  public LiquibaseRun tables(String history, String lock) {
    return new LiquibaseRun(dataSource, schema, history, lock, changelog, files);
  }

  /** Applies everything. */
  public void update() {
    run(
        liquibase -> {
          liquibase.update(new Contexts(), new LabelExpression());
          return null;
        });
  }

  /** Applies the next {@code count} changesets. */
  public void update(int count) {
    run(
        liquibase -> {
          liquibase.update(count, new Contexts(), new LabelExpression());
          return null;
        });
  }

  /** Applies everything that these contexts do not exclude. */
  public void updateFor(String contexts) {
    run(
        liquibase -> {
          liquibase.update(new Contexts(contexts), new LabelExpression());
          return null;
        });
  }

  /** Takes back the last {@code count} changesets. */
  public void rollback(int count) {
    run(
        liquibase -> {
          liquibase.rollback(count, new Contexts(), new LabelExpression());
          // Liquibase remembers in the JVM that this database was up to date.
          Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
          return null;
        });
  }

  /** Tags where the database stands. */
  public void tag(String tag) {
    run(
        liquibase -> {
          liquibase.tag(tag);
          return null;
        });
  }

  /** Records the next changeset as applied without running it. */
  public void markNextRan() {
    run(
        liquibase -> {
          liquibase.markNextChangeSetRan(new Contexts(), new LabelExpression());
          Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
          return null;
        });
  }

  /** Records everything as applied without running it. */
  public void sync() {
    run(
        liquibase -> {
          liquibase.changeLogSync(new Contexts(), new LabelExpression());
          Scope.getCurrentScope().getSingleton(FastCheckService.class).clearCache();
          return null;
        });
  }

  /** Releases the lock that a run left behind. */
  public void releaseLocks() {
    run(
        liquibase -> {
          liquibase.forceReleaseLocks();
          return null;
        });
  }

  /** Does {@code work} while Liquibase's lock is held. */
  public void locked(Runnable work) {
    run(
        liquibase -> {
          LockService lock =
              LockServiceFactory.getInstance().getLockService(liquibase.getDatabase());
          lock.waitForLock();
          try {
            work.run();
          } finally {
            lock.releaseLock();
          }
          return null;
        });
  }

  /** Does {@code work} while the lock of the extension liquibase-sessionlock is held. */
  public void lockedBySession(Runnable work) {
    run(
        liquibase -> {
          try (URLClassLoader extension =
              new URLClassLoader(sessionLock(), LiquibaseRun.class.getClassLoader())) {
            LockService lock = sessionLock(extension, liquibase.getDatabase());
            lock.waitForLock();
            try {
              work.run();
            } finally {
              lock.forceReleaseLock();
            }
          }
          return null;
        });
  }

  private static LockService sessionLock(ClassLoader extension, Database database) {
    for (LockService service : ServiceLoader.load(LockService.class, extension)) {
      if (service.getClass().getClassLoader() == extension && service.supports(database)) {
        service.setDatabase(database);
        return service;
      }
    }
    throw new IllegalStateException("no session lock for " + database);
  }

  private static URL[] sessionLock() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/releases/liquibase-sessionlock"))) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }
  }

  private <T> void run(Work<T> work) {
    try (Connection connection = dataSource.getConnection();
        Liquibase liquibase = new Liquibase(changelog, files, database(connection))) {
      liquibase.setShowSummary(UpdateSummaryEnum.OFF);
      Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> work.on(liquibase));
    } catch (Exception e) {
      throw new IllegalStateException("Liquibase failed", e);
    }
  }

  private Database database(Connection connection) throws Exception {
    Database database =
        DatabaseFactory.getInstance()
            .findCorrectDatabaseImplementation(new JdbcConnection(connection));
    if (schema != null && database.supports(liquibase.structure.core.Schema.class)) {
      database.setDefaultSchemaName(schema);
      database.setLiquibaseSchemaName(schema);
    } else if (schema != null) {
      database.setDefaultCatalogName(schema);
      database.setLiquibaseCatalogName(schema);
    }
    if (historyTable != null) {
      database.setDatabaseChangeLogTableName(historyTable);
    }
    if (lockTable != null) {
      database.setDatabaseChangeLogLockTableName(lockTable);
    }
    return database;
  }
}
