// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.AssessmentTarget;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.ConnectionFailure;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.CheckResult;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.check.SharedServer;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.monitor.LiveStatus;
import dev.schemaguard.monitor.Wait;
import dev.schemaguard.policy.ChangeReport;
import dev.schemaguard.policy.EffectiveMode;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Policy;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.policy.StatusListener;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The guard of one database for one application. It checks whether this version of the application
 * can run on the present schema and, in strict mode, prevents it from starting if it cannot.
 *
 * <pre>{@code
 * SchemaGuard guard = SchemaGuard.builder(dataSource).applicationVersion("1.4.2").build();
 * guard.enforce();
 * }</pre>
 *
 * <p>A guard reads with SELECT only, on a borrowed connection whose settings it never changes, and
 * every check ends within its timeout. It has no thread of its own until {@link #status}, {@link
 * #readiness} or {@link #addListener} is first called; {@link #close} ends that thread.
 * Thread-safe.
 */
public final class SchemaGuard implements AutoCloseable {

  private final String name;
  private final CompatibilityMatrix matrix;
  private final Check check;
  private final Assessor assessor;
  private final @Nullable String application;
  private final @Nullable String version;
  private final @Nullable String environmentName;
  private final Policy policy;
  private final @Nullable String strayVariable;
  private final Duration timeout;
  private final Duration waitTimeout;
  private final Duration refreshInterval;
  private final ChangeReport changes;
  private final LiveStatus live;

  SchemaGuard(SchemaGuardBuilder builder, CompatibilityMatrix matrix) {
    this.name = builder.name();
    this.matrix = matrix;
    this.application = builder.application(matrix);
    this.version = builder.version();
    this.timeout = builder.timeout();
    this.waitTimeout = builder.waitTimeout();
    this.refreshInterval = builder.refreshInterval();
    this.environmentName = builder.environmentName();
    this.policy =
        new Policy(
            fullName(name, application, version, environmentName),
            EffectiveMode.of(builder.mode(), application, builder.environment()),
            builder.onUnreachable(),
            builder.accepted(),
            builder.quietOnEmbedded(),
            builder.keepsRunning(),
            builder.logsRefusals(),
            builder.logFormat());
    this.strayVariable =
        EffectiveMode.strayVariable(builder.variableNames(), application, builder.environment());
    this.assessor = new Assessor(matrix, new AssessmentTarget(version, true, policy.accepted()));
    GuardThreads threads = new GuardThreads(name);
    this.check = builder.check(matrix, application, threads);
    this.changes = new ChangeReport(policy, threads.named("tell"));
    this.live = new LiveStatus(new Refreshes(), refreshInterval, timeout, threads, changes);
  }

  private final class Refreshes implements LiveStatus.Source {
    @Override
    public CheckResult ask(@Nullable CheckResult last) {
      return check.refresh(assessor, timeout, last);
    }

    @Override
    public MigrationStatus unanswered(String reason) {
      return check.unreachable(
          assessor, new ConnectionFailure(ConnectionFailure.Kind.INTERRUPTED, reason));
    }
  }

  /** Returns a builder with the default of every setting. */
  public static SchemaGuardBuilder builder(DataSource dataSource) {
    return new SchemaGuardBuilder(requireNonNull(dataSource, "dataSource"));
  }

  /**
   * Checks the database now and returns its status. It does not throw for the state of the database
   * or of the connection to it; the status contains that.
   *
   * <p>Do not call this in a static initializer of a class that the DataSource needs: see {@link
   * #enforce}.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus check() {
    return published(check.run(assessor, timeout, false));
  }

  /**
   * Checks now whether another version of the application would run on this database.
   *
   * @param otherVersion the version to check; the row {@code current} applies to it only if it is
   *     this application's own version
   * @throws ConfigurationException if that version's row cannot be resolved
   */
  public MigrationStatus check(String otherVersion) {
    return check
        .run(assessor(requireNonNull(otherVersion, "otherVersion")), timeout, false)
        .status();
  }

  /**
   * Returns whether a version of a client is compatible with this version of the application,
   * according to the matrix's client tables. It does not query a database.
   *
   * @param component the client's name as in the header of a table; letter case does not matter,
   *     and blanks, hyphens and underscores are equal
   * @param clientVersion the version that the client reports
   * @throws ConfigurationException if the table that names this client cannot be used
   */
  public ClientCompatibility clientCompatibility(String component, String clientVersion) {
    return matrix
        .clients()
        .fit(
            version,
            true,
            requireNonNull(component, "component"),
            requireNonNull(clientVersion, "clientVersion"));
  }

  /**
   * Checks the database now, and looks for a lock even if the schema is up to date.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus checkWithLock() {
    return published(check.run(assessor, timeout, true));
  }

  /**
   * Checks now whether it is safe to migrate this database and then run this version.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public Preflight preflight() {
    return check.preflight(assessor, timeout, !matrix.paths().isEmpty());
  }

  /**
   * Returns the versions of applications that are connected to this database now, according to the
   * {@linkplain dev.schemaguard.connections.ConnectionTag tags} on their connections. It does not
   * throw for the state of the database; the result says what cannot be seen.
   */
  public ConnectedVersions connectedVersions() {
    return check.connectedVersions(timeout);
  }

  /**
   * Returns the last status, from memory, so that probes and pages can call it as often as they
   * need. From the first call on, a daemon thread refreshes it at every refresh interval. If there
   * was no check before, that call waits for the first one, at most for the timeout.
   *
   * <p>If a refresh fails, the last known status remains, {@linkplain MigrationStatus#stale marked
   * stale}. After {@link #close} the last status remains.
   *
   * @throws ConfigurationException if matrix and history could not be compared, and never were
   */
  public MigrationStatus status() {
    return live.status();
  }

  /**
   * Returns whether this instance should receive requests, according to the same check as {@link
   * #status}. In {@link Mode#WARN} it is always {@link Readiness#READY}.
   *
   * @throws ConfigurationException as {@link #status} does
   */
  public Readiness readiness() {
    return mode() == Mode.STRICT ? live.readiness() : Readiness.READY;
  }

  /**
   * Calls {@code listener} for every change of the verdict from now on, and starts to refresh the
   * status. The first status is not a change.
   */
  public void addListener(StatusListener listener) {
    changes.add(requireNonNull(listener, "listener"));
    live.watch();
  }

  /**
   * Checks the database, waits for a compatible schema if a wait timeout is set, and logs the
   * outcome.
   *
   * <p>Do not call this in a static initializer of a class that the DataSource, its pool or driver
   * needs: the check runs on another thread, which would wait for that initializer until the
   * timeout. The same applies while the calling thread holds a lock that they need.
   *
   * @return the status, compatible unless the mode is {@link Mode#WARN}
   * @throws IncompatibleSchemaException in strict mode, if the application must not start
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus enforce() {
    policy.logOverrides(strayVariable);
    return applied(waitTimeout.isZero() ? check() : await(waitTimeout, policy::logWaiting));
  }

  /**
   * Enforces at the same time as other guards. A guard that waits repeats its checks on its own.
   */
  MigrationStatus enforce(Semaphore atOnce) {
    if (!waitTimeout.isZero()) {
      return enforce();
    }
    policy.logOverrides(strayVariable);
    return applied(check(atOnce));
  }

  private MigrationStatus applied(MigrationStatus status) {
    policy.apply(status);
    return status;
  }

  private MigrationStatus beforeMigration(@Nullable Semaphore atOnce) {
    return atOnce == null
        ? check.beforeMigration(assessor, timeout)
        : new SharedServer(atOnce, timeout).ask(() -> check.beforeMigration(assessor, timeout));
  }

  /** Checks at the same time as other guards. */
  MigrationStatus check(Semaphore atOnce) {
    return new SharedServer(atOnce, timeout).ask(this::check);
  }

  /**
   * Refuses, before the application's own migrator runs, whatever no migration fixes: a failed
   * migration, unknown or newer migrations that are not allowed, an unknown version, or a state
   * that cannot be determined. Otherwise the repeatable migrations of an old application would
   * write old definitions into a newer database. It waits as {@link #enforce} does. In {@link
   * Mode#WARN} it does nothing.
   *
   * @throws IncompatibleSchemaException if the application must neither migrate nor start
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public void enforceBeforeMigration() {
    Optional<MigrationStatus> unused = beforeMigration(Set.of(), null);
  }

  /** Refuses what no migration fixes, at the same time as other guards. */
  void enforceBeforeMigration(Semaphore atOnce) {
    Optional<MigrationStatus> unused = beforeMigration(Set.of(), atOnce);
  }

  /**
   * Refuses what no migration fixes, except for some verdicts that are left to {@link #enforce}
   * after the migration; otherwise it does the same as {@link #enforceBeforeMigration()}.
   *
   * @param left these verdicts, such as {@link Verdict#FAILED} if the application repairs its
   *     history before it migrates
   * @return the status before the migration; empty in {@link Mode#WARN}
   * @throws IncompatibleSchemaException if the application must neither migrate nor start
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public Optional<MigrationStatus> enforceBeforeMigration(Set<Verdict> left) {
    return beforeMigration(requireNonNull(left, "left"), null);
  }

  private Optional<MigrationStatus> beforeMigration(Set<Verdict> left, @Nullable Semaphore atOnce) {
    if (mode() == Mode.WARN) {
      return Optional.empty();
    }
    Predicate<MigrationStatus> migratable =
        status -> isMigratable(status) || left.contains(status.verdict());
    MigrationStatus status =
        waitTimeout.isZero()
            ? beforeMigration(atOnce)
            : new Wait(
                    limit -> check.beforeMigration(assessor, limit),
                    migratable,
                    check::grace,
                    waitTimeout,
                    policy::logWaiting)
                .outcome();
    if (!migratable.test(status)) {
      policy.apply(status);
    }
    return Optional.of(status);
  }

  /** Returns whether a database needs at most a migration. */
  private static boolean isMigratable(MigrationStatus status) {
    return status.compatible()
        || status.verdict() == Verdict.BEHIND
        || status.verdict() == Verdict.UNINITIALIZED;
  }

  /**
   * Checks repeatedly, at growing intervals, until the schema is compatible, the time is up, or
   * waiting cannot help. An interrupt ends the wait at once, and the interrupt flag stays set.
   *
   * @param deadline the maximum duration of the wait
   * @param onWait called on the calling thread with every new state that is waited on, so not with
   *     the outcome
   * @return the last status
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus await(Duration deadline, Consumer<MigrationStatus> onWait) {
    return new Wait(
            limit -> published(check.run(assessor, limit, true)),
            status -> status.compatible() || Policy.hasNoTenantYet(status),
            check::grace,
            requireNonNull(deadline, "deadline"),
            requireNonNull(onWait, "onWait"))
        .outcome();
  }

  /**
   * Makes this guard borrow its connections through a view of its DataSource from now on. It is for
   * frameworks whose start holds a lock that the DataSource may need.
   *
   * @param view returns the DataSource to borrow from, given that of {@link #builder}; if tenants
   *     have databases of their own, it is called for each of them
   */
  public void borrowThrough(UnaryOperator<DataSource> view) {
    check.borrowThrough(requireNonNull(view, "view"));
  }

  /**
   * Stops refreshing the status, and ends the threads that wait for more work. The database can
   * still be checked.
   */
  @Override
  public void close() {
    live.close();
    check.endIdleThreads();
  }

  /**
   * Returns the name that distinguishes this guard from others of the same application; empty if it
   * is the only one.
   */
  public String name() {
    return name;
  }

  /** Returns the mode in force, which environment variables may have overridden. */
  public Mode mode() {
    return policy.mode().mode();
  }

  /** Returns the application's name, or empty if neither a setting nor the matrix gives one. */
  public Optional<String> application() {
    return Optional.ofNullable(application);
  }

  /** Returns the name of the environment, such as {@code staging}; empty if none is set. */
  public Optional<String> environmentName() {
    return Optional.ofNullable(environmentName);
  }

  /** Returns the time between the end of one check of {@link #status} and the next. */
  public Duration refreshInterval() {
    return refreshInterval;
  }

  /** Returns the matrix that databases are compared with. */
  public CompatibilityMatrix matrix() {
    return matrix;
  }

  private Assessor assessor(String otherVersion) {
    boolean own = Objects.equals(otherVersion, version);
    return own
        ? assessor
        : new Assessor(matrix, new AssessmentTarget(otherVersion, false, policy.accepted()));
  }

  private MigrationStatus published(CheckResult answer) {
    live.publish(answer);
    return answer.status();
  }

  /** Returns the full name for people: {@code orders 1.4.2, database reporting}. */
  private static String fullName(
      String guard,
      @Nullable String application,
      @Nullable String version,
      @Nullable String environmentName) {
    return (application == null ? "the application" : application)
        + (version == null ? "" : " " + version)
        + (environmentName == null ? "" : " (" + environmentName + ")")
        + (guard.isEmpty() ? "" : ", database " + guard);
  }
}
