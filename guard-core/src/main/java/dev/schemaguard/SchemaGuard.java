// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.GuardThreads;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.matrix.ClientCompatibility;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.monitor.ChangeReport;
import dev.schemaguard.monitor.LiveStatus;
import dev.schemaguard.monitor.Policy;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.policy.StatusListener;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.settings.GuardSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

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

  private final GuardAssembly assembly;
  private final GuardSettings settings;
  private final Check check;
  private final Assessor assessor;
  private final Enforcement enforcement;
  private final ChangeReport changes;
  private final LiveStatus live;

  SchemaGuard(GuardAssembly assembly, DataSource dataSource) {
    this.assembly = assembly;
    this.settings = assembly.settings();
    Policy policy = Policy.of(settings);
    GuardThreads threads = new GuardThreads(settings.name());
    this.assessor = assembly.assessor(settings.application().version());
    this.check = assembly.check(dataSource, threads);
    this.changes = new ChangeReport(policy, threads.named("tell"));
    this.live = assembly.liveStatus(check, assessor, threads, changes);
    this.enforcement = new Enforcement(check, assessor, settings.timing(), policy, live);
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
    return enforcement.checkNow();
  }

  /**
   * Checks now whether another version of the application would run on this database.
   *
   * @param otherVersion the version to check; the row {@code current} applies to it only if it is
   *     this application's own version
   * @throws ConfigurationException if that version's row cannot be resolved
   */
  public MigrationStatus check(String otherVersion) {
    Assessor other = assembly.assessor(requireNonNull(otherVersion, "otherVersion"));
    return check.run(other, timeout(), false).status();
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
    return matrix()
        .clients()
        .fit(
            settings.application().version(),
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
    return live.publish(check.run(assessor, timeout(), true));
  }

  /**
   * Checks now whether it is safe to migrate this database and then run this version.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public Preflight preflight() {
    return check.preflight(assessor, timeout(), !matrix().paths().isEmpty());
  }

  /**
   * Returns the versions of applications that are connected to this database now, according to the
   * {@linkplain dev.schemaguard.connections.ConnectionTag tags} on their connections. It does not
   * throw for the state of the database; the result says what cannot be seen.
   */
  public ConnectedVersions connectedVersions() {
    return check.connectedVersions(timeout());
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
    return enforcement.enforce();
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
    Optional<MigrationStatus> unused = enforcement.beforeMigration(Set.of(), null);
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
    return enforcement.beforeMigration(requireNonNull(left, "left"), null);
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
    return enforcement.await(
        requireNonNull(deadline, "deadline"), requireNonNull(onWait, "onWait"));
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
    return settings.name();
  }

  /** Returns the mode in force, which environment variables may have overridden. */
  public Mode mode() {
    return enforcement.policy().mode().mode();
  }

  /** Returns the application's name, or empty if neither a setting nor the matrix gives one. */
  public Optional<String> application() {
    return Optional.ofNullable(settings.application().name());
  }

  /** Returns the name of the environment, such as {@code staging}; empty if none is set. */
  public Optional<String> environmentName() {
    return Optional.ofNullable(settings.application().environmentName());
  }

  /** Returns the time between the end of one check of {@link #status} and the next. */
  public Duration refreshInterval() {
    return settings.timing().refreshInterval();
  }

  /** Returns the matrix that databases are compared with. */
  public CompatibilityMatrix matrix() {
    return assembly.matrix();
  }

  /** Returns what {@link SchemaGuards} runs for several guards at the same time. */
  Enforcement enforcement() {
    return enforcement;
  }

  private Duration timeout() {
    return settings.timing().timeout();
  }
}
