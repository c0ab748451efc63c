// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.Tool;
import dev.schemaguard.policy.Mode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;

/** The settings of one guard, null where nothing is set. Not thread-safe. */
public class GuardProperties extends RecordedTableProperties {

  /** Name of the DataSource bean. By default the only one, or the primary one. */
  private @Nullable String dataSource;

  /** JDBC URL of the database, for an application without a DataSource, such as with R2DBC. */
  private @Nullable String url;

  /** User for 'url'. */
  private @Nullable String username;

  /** Password for 'url'. */
  private @Nullable String password;

  /** What is done about a schema that the application cannot live with. By default 'warn'. */
  private @Nullable Mode mode;

  /** Set to 'warn', a strict application starts although its database cannot be reached. */
  private @Nullable Mode onUnreachable;

  /** Ahead revisions that an operator takes on himself, by their exact names. */
  private @Nullable List<String> accept;

  /**
   * Location of the matrix: 'classpath:', a URL or a file. By default
   * 'classpath:schema-guard/compatibility.md'.
   */
  private @Nullable String matrix;

  /** Location of the chain. By default the 'revisions.txt' beside the matrix. */
  private @Nullable String revisions;

  /**
   * The migration tool. By default the one that Spring Boot runs, else the one whose table is
   * there.
   */
  private @Nullable Tool tool;

  /**
   * Schema of the history table. By default that of Spring Boot's Liquibase or Flyway settings,
   * else the connection's current one.
   */
  private @Nullable String schema;

  /**
   * Patterns of the schemas of all tenants, as for SQL's LIKE: '%' stands for any characters, '_'
   * for one. Leave out 'schema' then; that of Spring Boot's settings does not count.
   */
  private @Nullable List<String> schemas;

  /** A SELECT whose first column names the schemas of all tenants. */
  private @Nullable String schemasFrom;

  /**
   * History table. By default that of Spring Boot's Liquibase or Flyway settings, else the tool's.
   */
  private @Nullable String table;

  /**
   * Liquibase's lock table. By default that of Spring Boot's Liquibase settings, else Liquibase's.
   */
  private @Nullable String lockTable;

  /** Whether the database is new, whatever histories stand under other names; by default false. */
  private boolean assumeNew;

  /** Time within which every check ends. By default 10 seconds. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration timeout;

  /** How long the start waits for a compatible schema. By default not at all. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration waitTimeout;

  /** How long after one answer the running application asks for the next. By default 30 seconds. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration refreshInterval;

  /** Whether this guard takes part in the health contributor 'schema'. */
  private boolean health = true;

  /** Whether this guard is shown by the actuator endpoint 'migrations'. */
  private boolean endpoint = true;

  /** The name of the DataSource bean; null: the only or the primary one. */
  public @Nullable String getDataSource() {
    return dataSource;
  }

  public void setDataSource(@Nullable String dataSource) {
    this.dataSource = textOrNull(dataSource);
  }

  /** The JDBC URL of the database; null: that of the DataSource. */
  public @Nullable String getUrl() {
    return url;
  }

  public void setUrl(@Nullable String url) {
    this.url = textOrNull(url);
  }

  /** The user for the URL; null: none. */
  public @Nullable String getUsername() {
    return username;
  }

  public void setUsername(@Nullable String username) {
    this.username = textOrNull(username);
  }

  /** The password for the URL; null: none. */
  public @Nullable String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  /** What is done about an incompatible schema. */
  public @Nullable Mode getMode() {
    return mode;
  }

  public void setMode(@Nullable Mode mode) {
    this.mode = mode;
  }

  /** What a strict guard does where the database cannot be reached. */
  public @Nullable Mode getOnUnreachable() {
    return onUnreachable;
  }

  public void setOnUnreachable(@Nullable Mode onUnreachable) {
    this.onUnreachable = onUnreachable;
  }

  /** The exact names of ahead revisions that are accepted. */
  public @Nullable List<String> getAccept() {
    return accept;
  }

  public void setAccept(@Nullable List<String> accept) {
    this.accept = accept;
  }

  /** Where the matrix is; null: bundled. */
  public @Nullable String getMatrix() {
    return matrix;
  }

  public void setMatrix(@Nullable String matrix) {
    this.matrix = textOrNull(matrix);
  }

  /** Where the chain is; null: beside the matrix. */
  public @Nullable String getRevisions() {
    return revisions;
  }

  public void setRevisions(@Nullable String revisions) {
    this.revisions = textOrNull(revisions);
  }

  /** The migration tool; null: found out. */
  public @Nullable Tool getTool() {
    return tool;
  }

  public void setTool(@Nullable Tool tool) {
    this.tool = tool;
  }

  /** The schema of the history; null: found out. */
  public @Nullable String getSchema() {
    return schema;
  }

  public void setSchema(@Nullable String schema) {
    this.schema = textOrNull(schema);
  }

  /** The patterns of the tenants' schemas; null or empty: none. */
  public @Nullable List<String> getSchemas() {
    return schemas;
  }

  public void setSchemas(@Nullable List<String> schemas) {
    this.schemas = schemas;
  }

  /** The query that names the tenants' schemas; null: none. */
  public @Nullable String getSchemasFrom() {
    return schemasFrom;
  }

  public void setSchemasFrom(@Nullable String schemasFrom) {
    this.schemasFrom = textOrNull(schemasFrom);
  }

  /** The history table; null: found out. */
  public @Nullable String getTable() {
    return table;
  }

  public void setTable(@Nullable String table) {
    this.table = textOrNull(table);
  }

  /** The lock table; null: found out. */
  public @Nullable String getLockTable() {
    return lockTable;
  }

  public void setLockTable(@Nullable String lockTable) {
    this.lockTable = textOrNull(lockTable);
  }

  /** Whether the database is new, whatever histories stand under other names. */
  public boolean isAssumeNew() {
    return assumeNew;
  }

  public void setAssumeNew(boolean assumeNew) {
    this.assumeNew = assumeNew;
  }

  /** The time within which every check ends. */
  public @Nullable Duration getTimeout() {
    return timeout;
  }

  public void setTimeout(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** How long the start waits; zero: not at all. */
  public @Nullable Duration getWaitTimeout() {
    return waitTimeout;
  }

  public void setWaitTimeout(@Nullable Duration waitTimeout) {
    this.waitTimeout = waitTimeout;
  }

  /** How long after one answer the next is asked for. */
  public @Nullable Duration getRefreshInterval() {
    return refreshInterval;
  }

  public void setRefreshInterval(@Nullable Duration refreshInterval) {
    this.refreshInterval = refreshInterval;
  }

  /** Whether the guard takes part in health. */
  public boolean isHealth() {
    return health;
  }

  public void setHealth(boolean health) {
    this.health = health;
  }

  /** Whether the endpoint shows the guard. */
  public boolean isEndpoint() {
    return endpoint;
  }

  public void setEndpoint(boolean endpoint) {
    this.endpoint = endpoint;
  }
}
