// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.matrix.VisibleText;
import dev.schemaguard.status.DatabaseUrl;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a status is handled, and what is logged about it.
 *
 * @param application the name in the log and in a refusal: {@code orders 1.4.2}
 * @param mode the mode in force
 * @param onUnreachable {@link Mode#WARN} if an unreachable database is not a reason to refuse
 * @param accepted the ahead revisions that an operator explicitly accepts
 * @param quietOnEmbedded whether an in-memory database that was never migrated causes no warning
 * @param keepsRunning whether a refused application keeps running, and serves later
 * @param logsRefusals whether a refusal is logged as well as thrown
 * @param format the form in which problems are logged
 */
public record Policy(
    String application,
    EffectiveMode mode,
    Mode onUnreachable,
    Set<String> accepted,
    boolean quietOnEmbedded,
    boolean keepsRunning,
    boolean logsRefusals,
    LogFormat format) {

  private static final Logger LOG = LoggerFactory.getLogger("dev.schemaguard.SchemaGuard");

  /**
   * Makes the name {@linkplain VisibleText visible}, because it comes from a setting or a document.
   */
  public Policy {
    application = VisibleText.of(application);
  }

  /** Creates a policy whose refusal ends the start. */
  public Policy(
      String application,
      EffectiveMode mode,
      Mode onUnreachable,
      Set<String> accepted,
      boolean quietOnEmbedded) {
    this(
        application,
        mode,
        onUnreachable,
        accepted,
        quietOnEmbedded,
        false,
        true,
        LogFormat.MULTI_LINE);
  }

  /**
   * Logs what an operator has overridden.
   *
   * @param strayVariable why a variable that seems to be meant for the application has no effect;
   *     null if there is no such variable
   */
  public void logOverrides(@Nullable String strayVariable) {
    if (strayVariable != null) {
      LOG.warn("{}", strayVariable);
    }
    if (mode.source() != null) {
      LOG.info("{} sets the mode {}", mode.source(), mode.mode());
    }
    if (!accepted.isEmpty()) {
      LOG.warn("Accepted ahead revisions: {}", VisibleText.all(accepted));
    }
  }

  /**
   * Logs the status that an application starts with.
   *
   * @throws IncompatibleSchemaException if it must not start
   */
  public void apply(MigrationStatus status) {
    Problem problem = status.problem();
    if (problem == null || modeFor(status.verdict()) == Mode.WARN || hasNoTenantYet(status)) {
      log(status, warning(status));
      return;
    }
    MigrationStatus shown = keepsRunning ? status.withoutRestart() : status;
    IncompatibleSchemaException refusal =
        new IncompatibleSchemaException(
            shown,
            requireNonNull(shown.problem()),
            (keepsRunning ? "Schema Guard refuses requests to " : "Schema Guard refused to start ")
                + application,
            mode.variable() + "=0 (warn only)");
    if (logsRefusals) {
      LOG.warn("{}", format.of(status.summary(), refusal.text()));
    }
    throw refusal;
  }

  /** Logs what an application waits for. */
  public void logWaiting(MigrationStatus status) {
    MigrationLock lock = status.migrationLock();
    LOG.info(
        "{} waits for its schema: {}{}",
        application,
        status.summary(),
        lock == null ? "" : "; lock " + lock.text());
  }

  /**
   * Logs what has changed while the application runs: the verdict, or whether checks return
   * results.
   */
  void logChange(MigrationStatus before, MigrationStatus now) {
    Stale stale = now.stale();
    boolean sameVerdict = now.hasVerdictOf(before);
    if (stale != null && before.stale() == null) {
      LOG.warn(
          "{}: no new answer, the last one stands ({}): {}",
          application,
          now.summary(),
          stale.error());
    } else if (stale == null && before.stale() != null && sameVerdict && now.verdict().isKnown()) {
      LOG.info("{}: answers again: {}{}", application, now.summary(), in(now.database()));
    } else if (!sameVerdict) {
      log(now, now.survivable() ? keepsServing() : warning(now));
    }
  }

  private void log(MigrationStatus status, String headline) {
    Problem problem = status.problem();
    if (problem == null) {
      LOG.info("{}: {}{}", application, status.summary(), in(status.database()));
    } else if (isOfTest(status.verdict(), problem)) {
      LOG.info("{}: {}; the database lives in memory", application, status.summary());
    } else {
      LOG.warn("{}", format.of(status.summary(), problem.text(headline, null)));
    }
  }

  private static String in(@Nullable String database) {
    return database == null ? "" : "; database " + database;
  }

  /**
   * Returns whether the application has yet to create its first tenant, which it cannot do if it is
   * refused.
   */
  public static boolean hasNoTenantYet(MigrationStatus status) {
    TenantsStatus tenants = status.tenants();
    return tenants != null && tenants.isEmpty() && status.verdict() == Verdict.UNINITIALIZED;
  }

  private boolean isOfTest(Verdict verdict, Problem problem) {
    String database = problem.database();
    return quietOnEmbedded
        && verdict == Verdict.UNINITIALIZED
        && database != null
        && DatabaseUrl.isInMemory(database);
  }

  private Mode modeFor(Verdict verdict) {
    return verdict == Verdict.UNREACHABLE && onUnreachable == Mode.WARN ? Mode.WARN : mode.mode();
  }

  /** Returns the warning for an instance that can continue although a new one could not start. */
  private String keepsServing() {
    return "Schema Guard warns: "
        + application
        + " keeps serving, but a new instance of it should not start on this database";
  }

  private String warning(MigrationStatus status) {
    if (hasNoTenantYet(status)) {
      return "Schema Guard warns: " + application + " has no tenant yet";
    }
    return status.verdict().isKnown()
        ? "Schema Guard warns: " + application + " should not run on this database"
        : "Schema Guard could not determine whether " + application + " may run on this database";
  }
}
