// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.Question;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard of one database for one application: it answers whether this version of the application
 * may run on the schema that is there, and refuses to start it where it may not.
 *
 * <pre>{@code
 * SchemaGuard guard = SchemaGuard.builder(dataSource).applicationVersion("1.4.2").build();
 * guard.enforce();
 * }</pre>
 *
 * <p>A guard reads with SELECT only, on a borrowed connection whose settings it never touches, and
 * every check ends within its timeout. Thread-safe.
 */
public final class SchemaGuard {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaGuard.class);

  private final CompatibilityMatrix matrix;
  private final DatabaseCheck check;
  private final Assessor assessor;
  private final @Nullable String application;
  private final @Nullable String version;
  private final Set<String> accepted;
  private final EffectiveMode mode;
  private final Mode onUnreachable;
  private final Duration timeout;
  private final Duration waitTimeout;
  private final Duration refreshInterval;
  private final ReentrantLock refresh = new ReentrantLock();
  private volatile @Nullable Cached cached;

  /** The last status and the {@link System#nanoTime} at which it was told. */
  private record Cached(MigrationStatus status, long nanos) {}

  SchemaGuard(
      SchemaGuardBuilder builder,
      DataSource dataSource,
      CompatibilityMatrix matrix,
      HistoryReader reader) {
    this.matrix = matrix;
    this.application = builder.application().or(matrix::application).orElse(null);
    this.version = builder.version();
    this.accepted = builder.accepted();
    this.mode = EffectiveMode.of(builder.mode(), application, builder.environment());
    this.onUnreachable = builder.onUnreachable();
    this.timeout = builder.timeout();
    this.waitTimeout = builder.waitTimeout();
    this.refreshInterval = builder.refreshInterval();
    this.assessor = new Assessor(matrix, new Question(version, true, accepted));
    this.check =
        new DatabaseCheck(dataSource, reader, application, builder.migratedByApplication());
  }

  /** A guard under construction, with every setting at its default. */
  public static SchemaGuardBuilder builder(DataSource dataSource) {
    return new SchemaGuardBuilder(dataSource);
  }

  /**
   * Asks the database now, whatever was known before. Never throws for the state of the database or
   * of the way to it: that is in the status.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus check() {
    return remember(check.run(assessor, timeout, false));
  }

  /**
   * Whether another version of the application would run on this database, asked now.
   *
   * @param otherVersion the version asked about; the row {@code current} does not serve it unless
   *     it is this application's own
   * @throws ConfigurationException if that version's row cannot be resolved
   */
  public MigrationStatus check(String otherVersion) {
    return check.run(assessor(otherVersion), timeout, false);
  }

  /**
   * Asks the database now, and looks for a lock even if the schema is up to date.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus checkWithLock() {
    return remember(check.run(assessor, timeout, true));
  }

  /**
   * Whether it is safe to migrate this database and then run this version, asked now.
   *
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public Preflight preflight() {
    return check.preflight(assessor, timeout, !matrix.paths().isEmpty());
  }

  /**
   * The last answer, not older than the refresh interval. Only one caller at a time asks the
   * database; the others get the answer that is there.
   */
  public MigrationStatus status() {
    Cached known = cached;
    if (known != null && isFresh(known)) {
      return known.status();
    }
    if (known != null && !refresh.tryLock()) {
      return known.status();
    }
    if (known == null) {
      refresh.lock();
    }
    try {
      Cached now = cached;
      return now != null && isFresh(now) ? now.status() : check();
    } finally {
      refresh.unlock();
    }
  }

  /**
   * Checks, and waits for a compatible schema if a wait timeout is set; then logs the outcome.
   *
   * @return the status, compatible unless the mode is {@link Mode#WARN}
   * @throws IncompatibleSchemaException in strict mode, if the application must not start
   * @throws ConfigurationException if matrix and history cannot be compared
   */
  public MigrationStatus enforce() {
    if (mode.source() != null) {
      LOG.info("{} sets the mode {}", mode.source(), mode.mode());
    }
    MigrationStatus status = waitTimeout.isZero() ? check() : await(waitTimeout, this::logWaiting);
    if (!accepted.isEmpty()) {
      LOG.warn("Accepted ahead revisions: {}", accepted);
    }
    Problem problem = status.problem();
    if (problem == null) {
      LOG.info("{}: {}", name(), status.summary());
      return status;
    }
    boolean refuse = modeFor(status.verdict()) == Mode.STRICT;
    String text =
        problem.text(
            headline(status.verdict(), refuse), refuse ? mode.variable() + "=0 (warn only)" : null);
    LOG.warn("{}\n{}", status.summary(), text);
    if (refuse) {
      throw new IncompatibleSchemaException(status, text);
    }
    return status;
  }

  /**
   * Checks again and again, at growing intervals, until the schema is compatible, time is up, or
   * waiting cannot help. An interrupt ends it at once and stays set.
   *
   * @param deadline how long at most
   * @param onChange hears of every status that says something new, on the calling thread
   * @return the last status
   */
  public MigrationStatus await(Duration deadline, Consumer<MigrationStatus> onChange) {
    return new Wait(limit -> remember(check.run(assessor, limit, true)), deadline, onChange)
        .outcome();
  }

  /** The mode in force, after the environment was asked. */
  public Mode mode() {
    return mode.mode();
  }

  /** The application's name, or empty where neither setting nor matrix gives one. */
  public Optional<String> application() {
    return Optional.ofNullable(application);
  }

  /** The matrix that databases are judged by. */
  public CompatibilityMatrix matrix() {
    return matrix;
  }

  private Assessor assessor(String otherVersion) {
    boolean own = Objects.equals(otherVersion, version);
    return own ? assessor : new Assessor(matrix, new Question(otherVersion, false, accepted));
  }

  private Mode modeFor(Verdict verdict) {
    return verdict == Verdict.UNREACHABLE && onUnreachable == Mode.WARN ? Mode.WARN : mode.mode();
  }

  private String headline(Verdict verdict, boolean refuse) {
    if (refuse) {
      return "Schema Guard refused to start " + name();
    }
    return verdict.isTold()
        ? "Schema Guard warns: " + name() + " should not run on this database"
        : "Schema Guard cannot tell whether " + name() + " may run on this database";
  }

  private void logWaiting(MigrationStatus status) {
    if (!status.compatible()) {
      LOG.info("{} waits for its schema: {}", name(), status.summary());
    }
  }

  private MigrationStatus remember(MigrationStatus status) {
    cached = new Cached(status, System.nanoTime());
    return status;
  }

  private boolean isFresh(Cached known) {
    return System.nanoTime() - known.nanos() < refreshInterval.toNanos();
  }

  private String name() {
    return (application == null ? "the application" : application)
        + (version == null ? "" : " " + version);
  }
}
