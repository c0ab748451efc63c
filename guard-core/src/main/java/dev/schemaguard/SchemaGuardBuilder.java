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
import dev.schemaguard.history.ManyHistories;
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

/** A {@link SchemaGuard} under construction. Not thread-safe. */
public final class SchemaGuardBuilder {

  /** Compares a history with the chain. A class, because a lambda costs the first guard more. */
  private record MayBeOurs(CompatibilityMatrix matrix) implements Predicate<History> {
    @Override
    public boolean test(History history) {
      return Assessor.mayBeOurs(matrix, history);
    }
  }

  /** Those of the process. A class, for a lambda costs the first guard of a JVM more. */
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
   * What tells this guard from others of an application with several databases, in logs and thread
   * names; by default nothing.
   */
  public SchemaGuardBuilder name(String databaseName) {
    name = requireNonNull(databaseName, "databaseName");
    return this;
  }

  /** The matrix; by default the one that is {@linkplain CompatibilityMatrix#bundled bundled}. */
  public SchemaGuardBuilder matrix(CompatibilityMatrix compatibilityMatrix) {
    matrix = requireNonNull(compatibilityMatrix, "compatibilityMatrix");
    return this;
  }

  /** The application's name; by default the one that the matrix gives. */
  public SchemaGuardBuilder applicationName(String name) {
    application = requireNonNull(name, "name");
    return this;
  }

  /**
   * The application's version; without one, as when it runs from an IDE, only the row {@code
   * current} serves it.
   *
   * @param applicationVersion null or blank: none
   */
  public SchemaGuardBuilder applicationVersion(@Nullable String applicationVersion) {
    version =
        applicationVersion == null || applicationVersion.isBlank() ? null : applicationVersion;
    return this;
  }

  /**
   * Sets the name of the environment, such as {@code staging}, which pages and logs show; by
   * default the environment variable {@code SCHEMA_GUARD_ENVIRONMENT} gives it. It changes no
   * verdict.
   */
  public SchemaGuardBuilder environmentName(String label) {
    environmentName = requireNonNull(label, "label");
    return this;
  }

  /**
   * Sets the class loader that finds the bundled matrix and chain. By default these are the context
   * class loader of the thread that builds the guard, then that of the class which builds it.
   */
  public SchemaGuardBuilder classLoader(ClassLoader applications) {
    loader = requireNonNull(applications, "applications");
    return this;
  }

  /** What is done about an incompatible schema; by default {@link Mode#WARN}. */
  public SchemaGuardBuilder mode(Mode configured) {
    mode = requireNonNull(configured, "configured");
    return this;
  }

  /** {@link Mode#WARN} lets a strict application start if its database cannot be reached. */
  public SchemaGuardBuilder onUnreachable(Mode relaxed) {
    onUnreachable = requireNonNull(relaxed, "relaxed");
    return this;
  }

  /**
   * Ahead revisions that an operator takes on himself, by exact name, besides those in the
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
   * Accepts the ahead revisions that {@code list} names, separated by commas, as the environment
   * variable does. In a name, {@code \,} is a comma, {@code \\} a backslash, and <code>&#92;u0009
   * </code> the character with that code.
   */
  public SchemaGuardBuilder accept(String list) {
    return accept(AssessmentTarget.acceptedNames(requireNonNull(list, "list")));
  }

  /** Where the history is; by default under the tool's own names in the current schema. */
  public SchemaGuardBuilder history(HistoryLocation historyLocation) {
    location = requireNonNull(historyLocation, "historyLocation");
    return this;
  }

  /**
   * Sets whether a database without a history of this application is new, whatever histories stand
   * under other names or in other schemas; by default the guard compares those with the chain, and
   * does not call a database new whose history may only have another name. The environment variable
   * {@code SCHEMA_GUARD_ASSUME_NEW} says so, too.
   */
  public SchemaGuardBuilder assumeNew(boolean isNew) {
    assumeNew = isNew;
    return this;
  }

  /** The tool that migrates the database; by default the one whose table is there. */
  public SchemaGuardBuilder tool(Tool migrationTool) {
    tool = requireNonNull(migrationTool, "migrationTool");
    return this;
  }

  /**
   * The table in which a tool that is not known here records what it applied: Rails, Django, goose,
   * your own. Then the tool is {@link Tool#TABLE}.
   */
  public SchemaGuardBuilder customTable(CustomHistoryTable table) {
    customTable = requireNonNull(table, "table");
    return this;
  }

  /**
   * The reader of the history; by default that of the {@link #tool}. Then none of {@link #tool},
   * {@link #customTable} and {@link #history} has an effect.
   */
  public SchemaGuardBuilder historyReader(HistoryReader historyReader) {
    reader = requireNonNull(historyReader, "historyReader");
    return this;
  }

  /**
   * The tenants that share the application, each migrated for itself: then the guard judges all of
   * them, and its status is that of the worst, with {@link MigrationStatus#tenants the others}. By
   * default there is one history and no tenants.
   */
  public SchemaGuardBuilder tenants(Tenants schemasOrDatabases) {
    tenants = requireNonNull(schemasOrDatabases, "schemasOrDatabases");
    return this;
  }

  /** Who hears how far a check of many tenants has got; by default nobody. */
  public SchemaGuardBuilder tenantProgress(TenantProgress listener) {
    progress = requireNonNull(listener, "listener");
    return this;
  }

  /** Says that the application has run its own migrator before this check, which shapes advice. */
  public SchemaGuardBuilder migratedByApplication(boolean migrated) {
    return migratedBy(migration.runByApplication(migrated));
  }

  /** Who migrates the database, which shapes advice; by default somebody else. */
  public SchemaGuardBuilder migratedBy(MigrationOwner whoAndHow) {
    migration = requireNonNull(whoAndHow, "whoAndHow");
    return this;
  }

  /**
   * How the actions of a problem name settings and commands, for adapters that have other names for
   * them; by default they stay as they are.
   */
  public SchemaGuardBuilder actionWording(UnaryOperator<String> rewrite) {
    wording = requireNonNull(rewrite, "rewrite");
    return this;
  }

  /**
   * Whether a database in the memory of this process that was never migrated is one INFO line
   * instead of a warning, for the sake of an application's own tests; by default not. Strict
   * refuses it all the same.
   */
  public SchemaGuardBuilder quietOnEmbedded(boolean quiet) {
    quietOnEmbedded = quiet;
    return this;
  }

  /**
   * Sets whether a refused application keeps running, refuses requests, and serves them once the
   * schema is compatible; by default it ends. The texts of a refusal then speak of requests, and
   * the advice does not end with a restart.
   */
  public SchemaGuardBuilder keepsRunning(boolean running) {
    keepsRunning = running;
    return this;
  }

  /**
   * Whether a refusal is logged before it is thrown, which is the default. An adapter that reports
   * what is thrown switches it off, so that nothing is logged twice.
   */
  public SchemaGuardBuilder logRefusals(boolean logged) {
    logsRefusals = logged;
    return this;
  }

  /** The form in which problems are logged; {@link LogFormat#MULTI_LINE} by default. */
  public SchemaGuardBuilder logFormat(LogFormat form) {
    logFormat = requireNonNull(form, "form");
    return this;
  }

  /** The time within which every check ends; 10 seconds by default. */
  public SchemaGuardBuilder timeout(Duration limit) {
    timeout = positive("timeout", requireNonNull(limit, "limit"));
    return this;
  }

  /** How long {@link SchemaGuard#enforce} waits for a compatible schema; by default not at all. */
  public SchemaGuardBuilder waitTimeout(Duration limit) {
    waitTimeout = requireNonNull(limit, "limit").isZero() ? limit : positive("wait-timeout", limit);
    return this;
  }

  /** How long after one answer {@link SchemaGuard#status} asks for the next; 30 s by default. */
  public SchemaGuardBuilder refreshInterval(Duration interval) {
    refreshInterval = positive("refresh-interval", requireNonNull(interval, "interval"));
    return this;
  }

  /** Where environment variables are looked up; by default {@link System#getenv(String)}. */
  public SchemaGuardBuilder environment(Function<String, @Nullable String> variables) {
    environment = requireNonNull(variables, "variables");
    variableNames = variableNames == null ? Set.of() : variableNames;
    return this;
  }

  /**
   * The names of all environment variables, in which {@link SchemaGuard#enforce} looks for a strict
   * variable that belongs to no application of this name; by default those of the process, or none
   * if {@link #environment} is set.
   */
  public SchemaGuardBuilder variableNames(Collection<String> names) {
    variableNames = Set.copyOf(requireNonNull(names, "names"));
    return this;
  }

  /**
   * The guard.
   *
   * @throws ConfigurationException if there is neither a matrix nor a chain, if the row of this
   *     version cannot be resolved, or if a setting has no meaning
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

  /** What asks for the history, or those of the tenants. */
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

  /** A chain of Liquibase's is in no other tool's history. */
  private Tool toolOf(CompatibilityMatrix found) {
    Optional<RevisionChain> chain = found.chain();
    return tool == Tool.AUTO && chain.isPresent() && chain.get().holdsChangesets()
        ? Tool.LIQUIBASE
        : tool;
  }

  private HistoryReader readerIn(HistoryLocation where, CompatibilityMatrix found) {
    if (customTable == null) {
      return toolOf(found).reader(where, new MayBeOurs(found));
    }
    if (tool != Tool.AUTO && tool != Tool.TABLE) {
      throw new ConfigurationException(
          "tool",
          "the table " + customTable.table() + " is described, and the tool is " + tool,
          "Set tool to table, or leave customTable(…) out.");
    }
    return customTable.reader(where);
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

  /** The application's name by its setting, else by its matrix; null where neither gives one. */
  @Nullable String application(CompatibilityMatrix found) {
    return application != null ? application : found.application().orElse(null);
  }

  @Nullable String version() {
    return version;
  }

  /**
   * The name of the environment by its setting, else by its variable; null if neither gives one.
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
