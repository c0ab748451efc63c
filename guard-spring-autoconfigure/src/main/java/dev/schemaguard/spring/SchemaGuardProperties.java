// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.spring;

import dev.schemaguard.policy.LogFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings {@code schema-guard.*}: those of the application, and those of its guard. If there
 * are several guards, the latter are their defaults. {@link BoundSettings} binds them; they are not
 * a bean.
 */
@ConfigurationProperties("schema-guard")
public class SchemaGuardProperties extends GuardProperties {

  /**
   * The kinds of a run that only checks: it does not migrate or serve anything, and ends with the
   * exit code of the check.
   */
  public enum Only {
    /** Checks once. */
    CHECK,
    /** Checks until the schema is compatible, at most for 'wait-timeout' (5 minutes if unset). */
    WAIT
  }

  /**
   * Format in which problems are logged: 'multi-line' or 'single-line'. By default 'multi-line'.
   */
  private @Nullable LogFormat logFormat;

  /** Whether the guard is enabled. */
  private boolean enabled = true;

  /**
   * Name of the application. By default the name in the matrix, otherwise
   * 'spring.application.name'.
   */
  private @Nullable String applicationName;

  /**
   * Version of the application. By default 'spring.application.version', otherwise the version in
   * the build information, otherwise the one in the manifest.
   */
  private @Nullable String applicationVersion;

  /** Name of the environment that is shown in the log, such as 'staging'. */
  private @Nullable String environment;

  /**
   * Runs the check only and exits with its exit code, as an init container does: 'check' or 'wait'.
   * By default the application starts normally.
   */
  private @Nullable Only only;

  /** Whether each change of the verdict is published as an application event. */
  private boolean events = true;

  /**
   * Whether connections of HikariCP pools are tagged with the application's name and version. A
   * pool that has already started is not changed.
   */
  private boolean markConnections;

  /**
   * Named guards, for an application with several databases. A guard inherits mode, on-unreachable,
   * accept, timeout, wait-timeout and refresh-interval from 'schema-guard.*' if they are unset.
   */
  private Map<String, GuardProperties> guards = new LinkedHashMap<>();

  /** Returns whether the guard is enabled. */
  public boolean isEnabled() {
    return enabled;
  }

  public void setEnabled(boolean enabled) {
    this.enabled = enabled;
  }

  /** Returns the format in which problems are logged; null for the default. */
  public @Nullable LogFormat getLogFormat() {
    return logFormat;
  }

  public void setLogFormat(@Nullable LogFormat logFormat) {
    this.logFormat = logFormat;
  }

  /** Returns the application's name; null to detect it. */
  public @Nullable String getApplicationName() {
    return applicationName;
  }

  public void setApplicationName(@Nullable String applicationName) {
    this.applicationName = textOrNull(applicationName);
  }

  /** Returns the name of the environment; null to use the variable SCHEMA_GUARD_ENVIRONMENT. */
  public @Nullable String getEnvironment() {
    return environment;
  }

  public void setEnvironment(@Nullable String environment) {
    this.environment = textOrNull(environment);
  }

  /** Returns the application's version; null to detect it. */
  public @Nullable String getApplicationVersion() {
    return applicationVersion;
  }

  public void setApplicationVersion(@Nullable String applicationVersion) {
    this.applicationVersion = textOrNull(applicationVersion);
  }

  /** Returns the check that this run is limited to; null if the application starts normally. */
  public @Nullable Only getOnly() {
    return only;
  }

  public void setOnly(@Nullable Only only) {
    this.only = only;
  }

  /** Returns whether changes of the verdict are published as events. */
  public boolean isEvents() {
    return events;
  }

  public void setEvents(boolean events) {
    this.events = events;
  }

  /** Returns whether connections are tagged with the application's name and version. */
  public boolean isMarkConnections() {
    return markConnections;
  }

  public void setMarkConnections(boolean markConnections) {
    this.markConnections = markConnections;
  }

  /**
   * Returns the guards of several databases by name; empty if there is a single guard without a
   * name.
   */
  public Map<String, GuardProperties> getGuards() {
    return guards;
  }

  public void setGuards(Map<String, GuardProperties> guards) {
    this.guards = guards;
  }
}
