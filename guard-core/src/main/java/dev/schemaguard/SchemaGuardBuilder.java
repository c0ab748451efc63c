// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.LogFormat;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.ApplicationSettings;
import dev.schemaguard.settings.EnvironmentVariables;
import dev.schemaguard.settings.GuardSettings;
import dev.schemaguard.settings.HistorySettings;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.settings.TimingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SchemaGuard}. Not thread-safe. */
public final class SchemaGuardBuilder {

  private final DataSource dataSource;
  private String name = "";
  private ApplicationSettings application = ApplicationSettings.DEFAULT;
  private HistorySettings history = HistorySettings.DEFAULT;
  private PolicySettings policy = PolicySettings.DEFAULT;
  private TimingSettings timing = TimingSettings.DEFAULT;
  private ReportingSettings reporting = ReportingSettings.DEFAULT;
  private EnvironmentVariables variables = EnvironmentVariables.OF_PROCESS;

  SchemaGuardBuilder(DataSource dataSource) {
    this.dataSource = requireNonNull(dataSource, "dataSource");
  }

  /** Sets the name of this guard in logs and thread names, if the application has several. */
  public SchemaGuardBuilder name(String databaseName) {
    name = requireNonNull(databaseName, "databaseName");
    return this;
  }

  /** Sets the matrix; by default it is the {@linkplain CompatibilityMatrix#bundled bundled} one. */
  public SchemaGuardBuilder matrix(CompatibilityMatrix matrix) {
    application = application.withMatrix(requireNonNull(matrix, "matrix"));
    return this;
  }

  /** Sets the application's name; by default the matrix gives it. */
  public SchemaGuardBuilder applicationName(String applicationName) {
    application = application.withName(requireNonNull(applicationName, "applicationName"));
    return this;
  }

  /**
   * Sets the application's version. Without a version, as when the application runs from an IDE,
   * only the row {@code current} applies.
   *
   * @param applicationVersion the version; null or blank if there is none
   */
  public SchemaGuardBuilder applicationVersion(@Nullable String applicationVersion) {
    application = application.withVersion(applicationVersion);
    return this;
  }

  /**
   * Sets the name of the environment, such as {@code staging}, for pages and logs; by default the
   * environment variable {@code SCHEMA_GUARD_ENVIRONMENT} gives it. It does not affect the verdict.
   */
  public SchemaGuardBuilder environmentName(String label) {
    application = application.withEnvironmentName(requireNonNull(label, "label"));
    return this;
  }

  /**
   * Sets the class loader that finds the bundled matrix and chain. By default the guard uses the
   * context class loader of the thread that builds it, then the loader of the class that builds it.
   */
  public SchemaGuardBuilder classLoader(ClassLoader loader) {
    application = application.withClassLoader(requireNonNull(loader, "loader"));
    return this;
  }

  /** Sets how an incompatible schema is handled; by default {@link Mode#WARN}. */
  public SchemaGuardBuilder mode(Mode mode) {
    policy = policy.withMode(requireNonNull(mode, "mode"));
    return this;
  }

  /**
   * Sets how an unreachable database is handled in strict mode: with {@link Mode#WARN} the
   * application starts nevertheless.
   */
  public SchemaGuardBuilder onUnreachable(Mode mode) {
    policy = policy.withOnUnreachable(requireNonNull(mode, "mode"));
    return this;
  }

  /**
   * Adds ahead revisions that an operator explicitly accepts, by exact name, to those in the
   * environment variable {@code SCHEMA_GUARD_ACCEPT}. A revision that refuses this version stays
   * refused.
   */
  public SchemaGuardBuilder accept(Collection<String> revisions) {
    policy = policy.accepting(requireNonNull(revisions, "revisions"));
    return this;
  }

  /**
   * Accepts the ahead revisions in {@code list}, separated by commas as in the environment
   * variable. In a name, {@code \,} is a comma, {@code \\} a backslash, and <code>&#92;u0009</code>
   * the character with that code.
   */
  public SchemaGuardBuilder accept(String list) {
    return accept(PolicySettings.acceptedNames(requireNonNull(list, "list")));
  }

  /** Sets where the history is; by default in the tool's own table in the current schema. */
  public SchemaGuardBuilder history(HistoryLocation location) {
    history = history.withLocation(requireNonNull(location, "location"));
    return this;
  }

  /**
   * Sets whether a database without a history of this application counts as new, whatever histories
   * have other names or are in other schemas. By default the guard compares those with the chain,
   * and a database does not count as new if one of them may be this application's. The environment
   * variable {@code SCHEMA_GUARD_ASSUME_NEW} has the same effect.
   */
  public SchemaGuardBuilder assumeNew(boolean isNew) {
    history = history.withAssumeNew(isNew);
    return this;
  }

  /**
   * Sets how a schema is handled that lacks what the schema file says; {@link
   * Mode.Structure#ENFORCE} by default. {@code SCHEMA_GUARD_STRUCTURE} takes precedence.
   */
  public SchemaGuardBuilder structure(Mode.Structure handling) {
    policy = policy.withStructure(requireNonNull(handling, "handling"));
    return this;
  }

  /** Sets the tool that migrates the database; by default the tool whose table exists. */
  public SchemaGuardBuilder tool(Tool tool) {
    history = history.withTool(requireNonNull(tool, "tool"));
    return this;
  }

  /**
   * Sets the table in which an unsupported tool, such as Rails, Django, goose or your own, records
   * what it applied. It also sets the tool to {@link Tool#TABLE}.
   */
  public SchemaGuardBuilder customTable(CustomHistoryTable table) {
    history = history.withCustomTable(requireNonNull(table, "table"));
    return this;
  }

  /**
   * Sets the reader of the history; by default that of the {@link #tool}. If you set it, none of
   * {@link #tool}, {@link #customTable} and {@link #history} has an effect.
   */
  public SchemaGuardBuilder historyReader(HistoryReader reader) {
    history = history.withReader(requireNonNull(reader, "reader"));
    return this;
  }

  /**
   * Sets the tenants that share the application, each migrated separately. The guard then checks
   * all of them, and its status is that of the worst, with {@link MigrationStatus#tenants the
   * others}. By default there is one history and no tenants.
   */
  public SchemaGuardBuilder tenants(Tenants tenants) {
    history = history.withTenants(requireNonNull(tenants, "tenants"));
    return this;
  }

  /** Sets the listener for the progress of a check of many tenants; by default there is none. */
  public SchemaGuardBuilder tenantProgress(TenantProgress listener) {
    history = history.withTenantProgress(requireNonNull(listener, "listener"));
    return this;
  }

  /** Sets whether the application ran its own migrator before this check, for the advice. */
  public SchemaGuardBuilder migratedByApplication(boolean migrated) {
    return migratedBy(reporting.migration().runByApplication(migrated));
  }

  /**
   * Sets who migrates the database, which determines the advice; by default it is not the
   * application.
   */
  public SchemaGuardBuilder migratedBy(MigrationOwner owner) {
    reporting = reporting.withMigration(requireNonNull(owner, "owner"));
    return this;
  }

  /**
   * Sets a function that rewrites the actions of problems, for adapters in which settings and
   * commands have other names; by default actions stay unchanged.
   */
  public SchemaGuardBuilder actionWording(UnaryOperator<String> rewrite) {
    reporting = reporting.withActionWording(requireNonNull(rewrite, "rewrite"));
    return this;
  }

  /**
   * Sets whether an in-memory database of this process that was never migrated causes one INFO line
   * instead of a warning, which suits an application's own tests; by default false. Strict mode
   * refuses such a database in any case.
   */
  public SchemaGuardBuilder quietOnEmbedded(boolean quiet) {
    reporting = reporting.withQuietOnEmbedded(quiet);
    return this;
  }

  /**
   * Sets whether a refused application keeps running, rejects requests, and serves them once the
   * schema is compatible; by default it ends. If true, the texts of a refusal are about requests,
   * and the advice does not end with a restart.
   */
  public SchemaGuardBuilder keepsRunning(boolean running) {
    reporting = reporting.withKeepsRunning(running);
    return this;
  }

  /** Sets whether a refusal is logged before it is thrown; true unless the caller reports it. */
  public SchemaGuardBuilder logRefusals(boolean logged) {
    reporting = reporting.withLogsRefusals(logged);
    return this;
  }

  /** Sets the form in which problems are logged; {@link LogFormat#MULTI_LINE} by default. */
  public SchemaGuardBuilder logFormat(LogFormat form) {
    reporting = reporting.withLogFormat(requireNonNull(form, "form"));
    return this;
  }

  /**
   * Sets the time within which every check ends; 10 seconds by default. For tenants with a database
   * each it applies to each database; see {@link Tenants#databases}.
   */
  public SchemaGuardBuilder timeout(Duration limit) {
    timing = timing.withTimeout(requireNonNull(limit, "limit"));
    return this;
  }

  /** Sets how long {@link SchemaGuard#enforce} waits for compatibility; by default not at all. */
  public SchemaGuardBuilder waitTimeout(Duration limit) {
    timing = timing.withWaitTimeout(requireNonNull(limit, "limit"));
    return this;
  }

  /** Sets the time from one check of {@link SchemaGuard#status} to the next; 30 s by default. */
  public SchemaGuardBuilder refreshInterval(Duration interval) {
    timing = timing.withRefreshInterval(requireNonNull(interval, "interval"));
    return this;
  }

  /** Sets the lookup of environment variables; by default {@link System#getenv(String)}. */
  public SchemaGuardBuilder environment(Function<String, @Nullable String> lookup) {
    variables = variables.withLookup(requireNonNull(lookup, "lookup"));
    return this;
  }

  /**
   * Sets the names of all environment variables. {@link SchemaGuard#enforce} searches them for a
   * strict variable that does not belong to this application. By default they are those of the
   * process, or none if {@link #environment} is set.
   */
  public SchemaGuardBuilder variableNames(Collection<String> names) {
    variables = variables.withNames(requireNonNull(names, "names"));
    return this;
  }

  /**
   * Builds the guard.
   *
   * @throws ConfigurationException if there is neither a matrix nor a chain, if the row of this
   *     version cannot be resolved, or if a setting is invalid
   */
  public SchemaGuard build() {
    GuardSettings settings =
        new GuardSettings(name, application, history, policy, timing, reporting, variables);
    return new SchemaGuard(GuardAssembly.of(settings), dataSource);
  }
}
