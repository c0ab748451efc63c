// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.policy.LogFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code schema-guard.*}: those of the application, and those of its guard, which are
 * the defaults where it has several. They are bound by {@link GuardSettings}, not as a bean.
 */
@ConfigurationProperties("schema-guard")
public class SchemaGuardProperties extends GuardProperties {

  /** A run that asks the question, migrates and serves nothing, and ends with the exit code. */
  public enum Only {
    /** Asks once. */
    CHECK,
    /** Asks until the schema is compatible, at most 'wait-timeout' (5 minutes if unset). */
    WAIT
  }

  /** The form in which problems are logged: 'multi-line', the default, or 'single-line'. */
  private @Nullable LogFormat logFormat;

  /** Whether there is a guard at all. */
  private boolean enabled = true;

  /** Name of the application. By default the matrix gives it, else 'spring.application.name'. */
  private @Nullable String applicationName;

  /**
   * Version of the application. By default 'spring.application.version', else that of the build
   * information, else that of the manifest.
   */
  private @Nullable String applicationVersion;

  /** Name of the environment, such as 'staging', that the log shows. */
  private @Nullable String environment;

  /** Ask the question and exit with its exit code, as an init container does. */
  private @Nullable Only only;

  /** Whether an application event is published on each change of the verdict. */
  private boolean events = true;

  /**
   * Whether connections of HikariCP carry name and version of the application, as long as the pool
   * has not started.
   */
  private boolean markConnections;

  /** Guards of several databases by name. Settings of the whole application are their defaults. */
  private Map<String, GuardProperties> guards = new LinkedHashMap<>();

  /** Whether there is a guard at all. */
  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** The form in which problems are logged; null: the default. */
  public @Nullable LogFormat getLogFormat() {
    return logFormat;
  }

  public void setLogFormat(@Nullable LogFormat logFormat) {
    this.logFormat = logFormat;
  }

  /** The application's name; null: found out. */
  public @Nullable String getApplicationName() {
    return applicationName;
  }

  public void setApplicationName(@Nullable String applicationName) {
    this.applicationName = textOrNull(applicationName);
  }

  /** The name of the environment; null: the variable SCHEMA_GUARD_ENVIRONMENT gives it. */
  public @Nullable String getEnvironment() {
    return environment;
  }

  public void setEnvironment(@Nullable String environment) {
    this.environment = textOrNull(environment);
  }

  /** The application's version; null: found out. */
  public @Nullable String getApplicationVersion() {
    return applicationVersion;
  }

  public void setApplicationVersion(@Nullable String applicationVersion) {
    this.applicationVersion = textOrNull(applicationVersion);
  }

  /** What alone this run does; null: it serves as always. */
  public @Nullable Only getOnly() {
    return only;
  }

  public void setOnly(@Nullable Only only) {
    this.only = only;
  }

  /** Whether changes of the verdict are published as events. */
  public boolean isEvents() {
    return events;
  }

  public void setEvents(boolean events) {
    this.events = events;
  }

  /** Whether connections are marked with the application's name and version. */
  public boolean isMarkConnections() {
    return markConnections;
  }

  public void setMarkConnections(boolean markConnections) {
    this.markConnections = markConnections;
  }

  /** The guards of several databases by name; empty: there is one guard, without a name. */
  public Map<String, GuardProperties> getGuards() {
    return guards;
  }

  public void setGuards(Map<String, GuardProperties> guards) {
    this.guards = guards;
  }
}
