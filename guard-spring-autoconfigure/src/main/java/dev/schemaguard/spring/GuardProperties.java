// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.history.Tool;
import dev.schemaguard.policy.Mode;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationUnit;

/** The settings of one guard; null where nothing is set. Not thread-safe. */
public class GuardProperties extends RecordedTableProperties {

  /** Name of the DataSource bean. By default the only or the primary DataSource. */
  private @Nullable String dataSource;

  /**
   * JDBC URL of the database, for an application without a DataSource, such as one that uses R2DBC.
   */
  private @Nullable String url;

  /** User name for 'url'. */
  private @Nullable String username;

  /** Password for 'url'. */
  private @Nullable String password;

  /**
   * What happens if the application cannot run on the schema: 'strict' refuses to start, 'warn'
   * logs a warning. By default 'warn'.
   */
  private @Nullable Mode mode;

  /**
   * What a strict application does if its database cannot be reached at startup: 'strict' refuses
   * to start, 'warn' starts and logs a warning. By default 'strict'.
   */
  private @Nullable Mode onUnreachable;

  /** If the schema lacks what the schema file says: 'enforce' (the default), 'warn' or 'off'. */
  private Mode.@Nullable Structure structure;

  /** Exact names of unknown or newer migrations that an operator explicitly accepts. */
  private @Nullable List<String> accept;

  /**
   * Location of the compatibility matrix: 'classpath:', a URL or a file. By default
   * 'classpath:schema-guard/compatibility.md'.
   */
  private @Nullable String matrix;

  /** Location of the revision chain. By default the 'revisions.txt' next to the matrix. */
  private @Nullable String revisions;

  /**
   * Migration tool. By default the one that Spring Boot runs, otherwise the one whose history table
   * is found in the database.
   */
  private @Nullable Tool tool;

  /**
   * Schema of the history table. By default the one in Spring Boot's Liquibase or Flyway settings,
   * otherwise the current schema of the connection.
   */
  private @Nullable String schema;

  /** LIKE patterns of the schemas of all tenants. Do not set 'schema' as well. */
  private @Nullable List<String> schemas;

  /** SELECT statement whose first column contains the schema names of all tenants. */
  private @Nullable String schemasFrom;

  /** Name of the history table. By default the one in Spring Boot's settings, or the tool's. */
  private @Nullable String table;

  /** Name of Liquibase's lock table. By default the one in Spring Boot's settings, or its own. */
  private @Nullable String lockTable;

  /** Whether the database is new, even if it contains migration histories under other names. */
  private boolean assumeNew;

  /** Maximum duration of one check. By default 10 seconds. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration timeout;

  /** How long startup waits for a compatible schema. By default it does not wait. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration waitTimeout;

  /** Interval between two checks in the running application. By default 30 seconds. */
  @DurationUnit(ChronoUnit.SECONDS)
  private @Nullable Duration refreshInterval;

  /** Whether this guard contributes to the health contributor 'schema'. */
  private boolean health = true;

  /** Whether the actuator endpoint 'migrations' shows this guard. */
  private boolean endpoint = true;

  /** Returns the name of the DataSource bean; null for the only or the primary one. */
  public @Nullable String getDataSource() {
    return dataSource;
  }

  public void setDataSource(@Nullable String dataSource) {
    this.dataSource = textOrNull(dataSource);
  }

  /** Returns the JDBC URL of the database; null to use the DataSource. */
  public @Nullable String getUrl() {
    return url;
  }

  public void setUrl(@Nullable String url) {
    this.url = textOrNull(url);
  }

  /** Returns the user name for the URL; null if there is none. */
  public @Nullable String getUsername() {
    return username;
  }

  public void setUsername(@Nullable String username) {
    this.username = textOrNull(username);
  }

  /** Returns the password for the URL; null if there is none. */
  public @Nullable String getPassword() {
    return password;
  }

  public void setPassword(@Nullable String password) {
    this.password = password;
  }

  /** Returns what happens if the schema is incompatible. */
  public @Nullable Mode getMode() {
    return mode;
  }

  public void setMode(@Nullable Mode mode) {
    this.mode = mode;
  }

  /** Returns what a strict guard does if the database cannot be reached. */
  public @Nullable Mode getOnUnreachable() {
    return onUnreachable;
  }

  public void setOnUnreachable(@Nullable Mode onUnreachable) {
    this.onUnreachable = onUnreachable;
  }

  /** Returns what happens if the schema lacks what its schema file says. */
  public Mode.@Nullable Structure getStructure() {
    return structure;
  }

  public void setStructure(Mode.@Nullable Structure structure) {
    this.structure = structure;
  }

  /** Returns the exact names of unknown or newer migrations that are accepted. */
  public @Nullable List<String> getAccept() {
    return accept;
  }

  public void setAccept(@Nullable List<String> accept) {
    this.accept = accept;
  }

  /** Returns the location of the matrix; null for the bundled one. */
  public @Nullable String getMatrix() {
    return matrix;
  }

  public void setMatrix(@Nullable String matrix) {
    this.matrix = textOrNull(matrix);
  }

  /** Returns the location of the revision chain; null for the one next to the matrix. */
  public @Nullable String getRevisions() {
    return revisions;
  }

  public void setRevisions(@Nullable String revisions) {
    this.revisions = textOrNull(revisions);
  }

  /** Returns the migration tool; null to detect it. */
  public @Nullable Tool getTool() {
    return tool;
  }

  public void setTool(@Nullable Tool tool) {
    this.tool = tool;
  }

  /** Returns the schema of the history table; null to detect it. */
  public @Nullable String getSchema() {
    return schema;
  }

  public void setSchema(@Nullable String schema) {
    this.schema = textOrNull(schema);
  }

  /** Returns the patterns of the tenants' schemas; null or empty if there are none. */
  public @Nullable List<String> getSchemas() {
    return schemas;
  }

  public void setSchemas(@Nullable List<String> schemas) {
    this.schemas = schemas;
  }

  /** Returns the query for the tenants' schemas; null if there is none. */
  public @Nullable String getSchemasFrom() {
    return schemasFrom;
  }

  public void setSchemasFrom(@Nullable String schemasFrom) {
    this.schemasFrom = textOrNull(schemasFrom);
  }

  /** Returns the name of the history table; null to detect it. */
  public @Nullable String getTable() {
    return table;
  }

  public void setTable(@Nullable String table) {
    this.table = textOrNull(table);
  }

  /** Returns the name of the lock table; null to detect it. */
  public @Nullable String getLockTable() {
    return lockTable;
  }

  public void setLockTable(@Nullable String lockTable) {
    this.lockTable = textOrNull(lockTable);
  }

  /**
   * Returns whether to treat the database as new, even if it contains histories under other names.
   */
  public boolean isAssumeNew() {
    return assumeNew;
  }

  public void setAssumeNew(boolean assumeNew) {
    this.assumeNew = assumeNew;
  }

  /** Returns the maximum duration of one check. */
  public @Nullable Duration getTimeout() {
    return timeout;
  }

  public void setTimeout(@Nullable Duration timeout) {
    this.timeout = timeout;
  }

  /** Returns how long startup waits for a compatible schema; zero if it does not wait. */
  public @Nullable Duration getWaitTimeout() {
    return waitTimeout;
  }

  public void setWaitTimeout(@Nullable Duration waitTimeout) {
    this.waitTimeout = waitTimeout;
  }

  /** Returns the interval between two checks. */
  public @Nullable Duration getRefreshInterval() {
    return refreshInterval;
  }

  public void setRefreshInterval(@Nullable Duration refreshInterval) {
    this.refreshInterval = refreshInterval;
  }

  /** Returns whether the guard contributes to health. */
  public boolean isHealth() {
    return health;
  }

  public void setHealth(boolean health) {
    this.health = health;
  }

  /** Returns whether the endpoint shows the guard. */
  public boolean isEndpoint() {
    return endpoint;
  }

  public void setEndpoint(boolean endpoint) {
    this.endpoint = endpoint;
  }
}
