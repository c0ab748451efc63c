// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.Database;
import dev.schemaguard.check.DatabaseCheck;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.check.HistoryCheck;
import dev.schemaguard.check.tenants.TenantsCheck;
import dev.schemaguard.history.CustomHistoryTable;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.history.Tool;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.policy.Flag;
import dev.schemaguard.policy.LogFormat;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.tenants.TenantProgress;
import dev.schemaguard.tenants.Tenants;
import dev.schemaguard.tool.ManyHistories;
import dev.schemaguard.tool.Tools;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Builds a {@link SchemaGuard}. Not thread-safe. */
public final class SchemaGuardBuilder {

  /**
   * Compares a history with the chain. A class, because a lambda slows down the first guard of a
   * JVM.
   */
  private record MayBeOurs(CompatibilityMatrix matrix) implements Predicate<History> {
    @Override
    public boolean test(History history) {
      return Assessor.mayBeOurs(matrix, history);
    }
  }

  /**
   * Looks up the environment variables of the process. A class, because a lambda slows down the
   * first guard of a JVM.
   */
  private static final class Variables implements Function<String, @Nullable String> {
    @Override
    public @Nullable String apply(String variable) {
      return System.getenv(variable);
    }
  }

  private static final String ACCEPT_VARIABLE = "SCHEMA_GUARD_ACCEPT";
  private static final String ENVIRONMENT_VARIABLE = "SCHEMA_GUARD_ENVIRONMENT";
  private static final String ASSUME_NEW_VARIABLE = "SCHEMA_GUARD_ASSUME_NEW";

  private final DataSource dataSource;
  private String name = "";
  private @Nullable CompatibilityMatrix matrix;
  private @Nullable HistoryReader reader;
  private Tool tool = Tool.AUTO;
  private @Nullable CustomHistoryTable customTable;
  private HistoryLocation location = HistoryLocation.DEFAULT;
  private @Nullable Tenants tenants;
  private @Nullable TenantProgress progress;
  private @Nullable String application;
  private @Nullable String version;
  private @Nullable String environmentName;
  private @Nullable ClassLoader loader;
  private Mode mode = Mode.WARN;
  private Mode onUnreachable = Mode.STRICT;
  private final Set<String> accepted = new LinkedHashSet<>();
  private boolean assumeNew;
  private boolean quietOnEmbedded;
  private boolean keepsRunning;
  private boolean logsRefusals = true;
  private LogFormat logFormat = LogFormat.MULTI_LINE;
  private MigrationOwner migration = MigrationOwner.ELSEWHERE;
  private @Nullable UnaryOperator<String> wording;
  private Duration timeout = Duration.ofSeconds(10);
  private Duration waitTimeout = Duration.ZERO;
  private Duration refreshInterval = Duration.ofSeconds(30);
  private Function<String, @Nullable String> environment = new Variables();
  private @Nullable Set<String> variableNames;

  SchemaGuardBuilder(DataSource dataSource) {
    this.dataSource = requireNonNull(dataSource, "dataSource");
  }

  /**
   * Sets the name that distinguishes this guard from others of an application with several
   * databases, in logs and thread names; by default it has none.
   */
  public SchemaGuardBuilder name(String databaseName) {
    name = requireNonNull(databaseName, "databaseName");
    return this;
  }

  /** Sets the matrix; by default it is the {@linkplain CompatibilityMatrix#bundled bundled} one. */
  public SchemaGuardBuilder matrix(CompatibilityMatrix compatibilityMatrix) {
    matrix = requireNonNull(compatibilityMatrix, "compatibilityMatrix");
    return this;
  }

  /** Sets the application's name; by default the matrix gives it. */
  public SchemaGuardBuilder applicationName(String name) {
    application = requireNonNull(name, "name");
    return this;
  }

  /**
   * Sets the application's version. Without a version, as when the application runs from an IDE,
   * only the row {@code current} applies.
   *
   * @param applicationVersion the version; null or blank if there is none
   */
  public SchemaGuardBuilder applicationVersion(@Nullable String applicationVersion) {
    version =
        applicationVersion == null || applicationVersion.isBlank() ? null : applicationVersion;
    return this;
  }

  /**
   * Sets the name of the environment, such as {@code staging}, for pages and logs; by default the
   * environment variable {@code SCHEMA_GUARD_ENVIRONMENT} gives it. It does not affect the verdict.
   */
  public SchemaGuardBuilder environmentName(String label) {
    environmentName = requireNonNull(label, "label");
    return this;
  }

  /**
   * Sets the class loader that finds the bundled matrix and chain. By default the guard uses the
   * context class loader of the thread that builds it, then the loader of the class that builds it.
   */
  public SchemaGuardBuilder classLoader(ClassLoader applications) {
    loader = requireNonNull(applications, "applications");
    return this;
  }

  /** Sets how an incompatible schema is handled; by default {@link Mode#WARN}. */
  public SchemaGuardBuilder mode(Mode configured) {
    mode = requireNonNull(configured, "configured");
    return this;
  }

  /**
   * Sets how an unreachable database is handled in strict mode: with {@link Mode#WARN} the
   * application starts nevertheless.
   */
  public SchemaGuardBuilder onUnreachable(Mode relaxed) {
    onUnreachable = requireNonNull(relaxed, "relaxed");
    return this;
  }

  /**
   * Adds ahead revisions that an operator explicitly accepts, by exact name, to those in the
   * environment variable {@code SCHEMA_GUARD_ACCEPT}. A revision that refuses this version stays
   * refused.
   */
  public SchemaGuardBuilder accept(Collection<String> revisions) {
    for (String revision : requireNonNull(revisions, "revisions")) {
      accepted.add(requireNonNull(revision, "revisions"));
    }
    return this;
  }

  /**
   * Accepts the ahead revisions in {@code list}, separated by commas as in the environment
   * variable. In a name, {@code \,} is a comma, {@code \\} a backslash, and <code>&#92;u0009</code>
   * the character with that code.
   */
  public SchemaGuardBuilder accept(String list) {
    return accept(AssessmentTarget.acceptedNames(requireNonNull(list, "list")));
  }

  /**
   * Sets where the history is; by default it has the tool's standard name and is in the current
   * schema.
   */
  public SchemaGuardBuilder history(HistoryLocation historyLocation) {
    location = requireNonNull(historyLocation, "historyLocation");
    return this;
  }

  /**
   * Sets whether a database without a history of this application counts as new, whatever histories
   * have other names or are in other schemas. By default the guard compares those with the chain,
   * and a database does not count as new if one of them may be this application's. The environment
   * variable {@code SCHEMA_GUARD_ASSUME_NEW} has the same effect.
   */
  public SchemaGuardBuilder assumeNew(boolean isNew) {
    assumeNew = isNew;
    return this;
  }

  /** Sets the tool that migrates the database; by default the tool whose table exists. */
  public SchemaGuardBuilder tool(Tool migrationTool) {
    tool = requireNonNull(migrationTool, "migrationTool");
    return this;
  }

  /**
   * Sets the table in which an unsupported tool, such as Rails, Django, goose or your own, records
   * what it applied. It also sets the tool to {@link Tool#TABLE}.
   */
  public SchemaGuardBuilder customTable(CustomHistoryTable table) {
    customTable = requireNonNull(table, "table");
    return this;
  }

  /**
   * Sets the reader of the history; by default that of the {@link #tool}. If you set it, none of
   * {@link #tool}, {@link #customTable} and {@link #history} has an effect.
   */
  public SchemaGuardBuilder historyReader(HistoryReader historyReader) {
    reader = requireNonNull(historyReader, "historyReader");
    return this;
  }

  /**
   * Sets the tenants that share the application, each migrated separately. The guard then checks
   * all of them, and its status is that of the worst, with {@link MigrationStatus#tenants the
   * others}. By default there is one history and no tenants.
   */
  public SchemaGuardBuilder tenants(Tenants schemasOrDatabases) {
    tenants = requireNonNull(schemasOrDatabases, "schemasOrDatabases");
    return this;
  }

  /** Sets the listener for the progress of a check of many tenants; by default there is none. */
  public SchemaGuardBuilder tenantProgress(TenantProgress listener) {
    progress = requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets whether the application has run its own migrator before this check, which determines the
   * advice.
   */
  public SchemaGuardBuilder migratedByApplication(boolean migrated) {
    return migratedBy(migration.runByApplication(migrated));
  }

  /**
   * Sets who migrates the database, which determines the advice; by default it is not the
   * application.
   */
  public SchemaGuardBuilder migratedBy(MigrationOwner whoAndHow) {
    migration = requireNonNull(whoAndHow, "whoAndHow");
    return this;
  }

  /**
   * Sets a function that rewrites the actions of problems, for adapters in which settings and
   * commands have other names; by default actions stay unchanged.
   */
  public SchemaGuardBuilder actionWording(UnaryOperator<String> rewrite) {
    wording = requireNonNull(rewrite, "rewrite");
    return this;
  }

  /**
   * Sets whether an in-memory database of this process that was never migrated causes one INFO line
   * instead of a warning, which suits an application's own tests; by default false. Strict mode
   * refuses such a database in any case.
   */
  public SchemaGuardBuilder quietOnEmbedded(boolean quiet) {
    quietOnEmbedded = quiet;
    return this;
  }

  /**
   * Sets whether a refused application keeps running, rejects requests, and serves them once the
   * schema is compatible; by default it ends. If true, the texts of a refusal are about requests,
   * and the advice does not end with a restart.
   */
  public SchemaGuardBuilder keepsRunning(boolean running) {
    keepsRunning = running;
    return this;
  }

  /**
   * Sets whether a refusal is logged before it is thrown; by default true. An adapter that reports
   * the exception sets it to false, so that nothing is logged twice.
   */
  public SchemaGuardBuilder logRefusals(boolean logged) {
    logsRefusals = logged;
    return this;
  }

  /** Sets the form in which problems are logged; {@link LogFormat#MULTI_LINE} by default. */
  public SchemaGuardBuilder logFormat(LogFormat form) {
    logFormat = requireNonNull(form, "form");
    return this;
  }

  /** Sets the time within which every check ends; 10 seconds by default. */
  public SchemaGuardBuilder timeout(Duration limit) {
    timeout = positive("timeout", requireNonNull(limit, "limit"));
    return this;
  }

  /**
   * Sets how long {@link SchemaGuard#enforce} waits for a compatible schema; by default it does not
   * wait.
   */
  public SchemaGuardBuilder waitTimeout(Duration limit) {
    waitTimeout = requireNonNull(limit, "limit").isZero() ? limit : positive("wait-timeout", limit);
    return this;
  }

  /**
   * Sets the time between the end of one check of {@link SchemaGuard#status} and the next; 30 s by
   * default.
   */
  public SchemaGuardBuilder refreshInterval(Duration interval) {
    refreshInterval = positive("refresh-interval", requireNonNull(interval, "interval"));
    return this;
  }

  /**
   * Sets the function that looks up environment variables; by default {@link
   * System#getenv(String)}.
   */
  public SchemaGuardBuilder environment(Function<String, @Nullable String> variables) {
    environment = requireNonNull(variables, "variables");
    variableNames = variableNames == null ? Set.of() : variableNames;
    return this;
  }

  /**
   * Sets the names of all environment variables. {@link SchemaGuard#enforce} searches them for a
   * strict variable that does not belong to this application. By default they are those of the
   * process, or none if {@link #environment} is set.
   */
  public SchemaGuardBuilder variableNames(Collection<String> names) {
    variableNames = Set.copyOf(requireNonNull(names, "names"));
    return this;
  }

  /**
   * Builds the guard.
   *
   * @throws ConfigurationException if there is neither a matrix nor a chain, if the row of this
   *     version cannot be resolved, or if a setting is invalid
   */
  public SchemaGuard build() {
    CompatibilityMatrix found = matrix != null ? matrix : bundled();
    if (tenants != null && (reader != null || location.schema() != null)) {
      throw new ConfigurationException(
          "tenants",
          reader == null
              ? "the schema " + location.schema() + " and tenants are named both"
              : "a history reader of the application's own reads one history",
          "Name the tenants alone, or one schema.");
    }
    return new SchemaGuard(this, found);
  }

  /** Returns the check of the history, or of the tenants' histories. */
  Check check(CompatibilityMatrix found, @Nullable String applicationName, GuardThreads threads) {
    Database database = new Database(dataSource);
    boolean isNew = isAssumedNew();
    if (tenants == null) {
      HistoryReader own = reader != null ? reader : readerIn(location, found);
      return new DatabaseCheck(
          database, new HistoryCheck(own, applicationName, migration, isNew, wording));
    }
    return new TenantsCheck(
        database,
        tenants,
        schema ->
            new HistoryCheck(
                readerIn(location.in(schema), found), applicationName, migration, isNew, wording),
        customTable == null
            ? ManyHistories.of(toolOf(found), location)
            : ManyHistories.of(customTable),
        progress == null ? (judged, all) -> {} : progress,
        threads.named("tenants"),
        migration.byApplication());
  }

  private boolean isAssumedNew() {
    String variable = environment.apply(ASSUME_NEW_VARIABLE);
    return (variable == null || variable.isBlank())
        ? assumeNew
        : Flag.isOn(
            ASSUME_NEW_VARIABLE,
            variable,
            "a new database; to 0, false, f, no, n or off for any other");
  }

  /** Returns the tool. The revisions of a Liquibase chain are not in any other tool's history. */
  private Tool toolOf(CompatibilityMatrix found) {
    Optional<RevisionChain> chain = found.chain();
    return tool == Tool.AUTO && chain.isPresent() && chain.get().holdsChangesets()
        ? Tool.LIQUIBASE
        : tool;
  }

  private HistoryReader readerIn(HistoryLocation where, CompatibilityMatrix found) {
    if (customTable == null) {
      return Tools.reader(toolOf(found), where, new MayBeOurs(found));
    }
    if (tool != Tool.AUTO && tool != Tool.TABLE) {
      throw new ConfigurationException(
          "tool",
          "the table " + customTable.table() + " is described, and the tool is " + tool,
          "Set tool to table, or leave customTable(…) out.");
    }
    return Tools.reader(customTable, where);
  }

  private CompatibilityMatrix bundled() {
    if (loader != null) {
      return BundledFiles.in(loader);
    }
    Optional<CompatibilityMatrix> bundled = CompatibilityMatrix.bundled();
    return bundled.isPresent() ? bundled.get() : BundledFiles.ofCaller();
  }

  private static Duration positive(String setting, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new ConfigurationException(
          setting, "'" + value + "' is not a duration above zero", "Write one such as PT10S.");
    }
    return value;
  }

  String name() {
    return name;
  }

  /**
   * Returns the application's name from its setting, or else from its matrix; null if neither gives
   * one.
   */
  @Nullable String application(CompatibilityMatrix found) {
    return application != null ? application : found.application().orElse(null);
  }

  @Nullable String version() {
    return version;
  }

  /**
   * Returns the name of the environment from its setting, or else from its variable; null if
   * neither gives one.
   */
  @Nullable String environmentName() {
    String label =
        environmentName != null ? environmentName : environment.apply(ENVIRONMENT_VARIABLE);
    return label == null || label.isBlank() ? null : label.strip();
  }

  Mode mode() {
    return mode;
  }

  Mode onUnreachable() {
    return onUnreachable;
  }

  Set<String> accepted() {
    Set<String> all = new LinkedHashSet<>(accepted);
    String variable = environment.apply(ACCEPT_VARIABLE);
    if (variable != null) {
      all.addAll(AssessmentTarget.acceptedNames(variable));
    }
    return all;
  }

  MigrationOwner migration() {
    return migration;
  }

  boolean quietOnEmbedded() {
    return quietOnEmbedded;
  }

  boolean keepsRunning() {
    return keepsRunning;
  }

  Set<String> variableNames() {
    return variableNames == null ? System.getenv().keySet() : variableNames;
  }

  LogFormat logFormat() {
    return logFormat;
  }

  boolean logsRefusals() {
    return logsRefusals;
  }

  Duration timeout() {
    return timeout;
  }

  Duration waitTimeout() {
    return waitTimeout;
  }

  Duration refreshInterval() {
    return refreshInterval;
  }

  Function<String, @Nullable String> environment() {
    return environment;
  }
}
