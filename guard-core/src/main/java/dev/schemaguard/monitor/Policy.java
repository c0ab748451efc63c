// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import static java.util.Objects.requireNonNull;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.EffectiveMode;
import dev.schemaguard.settings.GuardSettings;
import dev.schemaguard.settings.PolicySettings;
import dev.schemaguard.settings.ReportingSettings;
import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import dev.schemaguard.text.DatabaseUrl;
import dev.schemaguard.text.VisibleText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a status is handled, and what is logged about it.
 *
 * @param application the name in the log and in a refusal: {@code orders 1.4.2}
 * @param mode the mode in force, which takes precedence over that of {@code settings}
 * @param strayVariable why a variable that seems to be meant for the application has no effect;
 *     null if there is no such variable
 * @param settings the configured policy
 * @param reporting how problems are worded and logged
 */
public record Policy(
    String application,
    EffectiveMode mode,
    @Nullable String strayVariable,
    PolicySettings settings,
    ReportingSettings reporting) {

  private static final Logger LOG = LoggerFactory.getLogger("dev.schemaguard.SchemaGuard");

  /**
   * Makes the name {@linkplain VisibleText visible}, because it comes from a setting or a document.
   */
  public Policy {
    application = VisibleText.of(application);
  }

  /**
   * Returns the policy of a guard.
   *
   * @param settings the settings in force
   * @throws ConfigurationException if a strict variable is neither on nor off
   */
  public static Policy of(GuardSettings settings) {
    String application = settings.application().name();
    return new Policy(
        settings.fullName(),
        EffectiveMode.of(settings.policy().mode(), application, settings.variables()),
        EffectiveMode.strayVariable(application, settings.variables()),
        settings.policy(),
        settings.reporting());
  }

  /** Logs what an operator has overridden, or tried to. */
  public void logOverrides() {
    if (strayVariable != null) {
      LOG.warn("{}", strayVariable);
    }
    if (mode.source() != null) {
      LOG.info("{} sets the mode {}", mode.source(), mode.mode());
    }
    if (!settings.accepted().isEmpty()) {
      LOG.warn("Accepted ahead revisions: {}", VisibleText.all(settings.accepted()));
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
    MigrationStatus shown = reporting.keepsRunning() ? status.withoutRestart() : status;
    IncompatibleSchemaException refusal =
        new IncompatibleSchemaException(
            shown,
            requireNonNull(shown.problem()),
            (reporting.keepsRunning()
                    ? "Schema Guard refuses requests to "
                    : "Schema Guard refused to start ")
                + application,
            mode.variable() + "=0 (warn only)");
    if (reporting.logsRefusals()) {
      LOG.warn("{}", reporting.logFormat().of(status.summary(), refusal.text()));
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
    Structure structure = status.structure();
    if (problem == null && structure != null && structure.result() == Structure.Result.BROKEN) {
      LOG.warn(
          "{}: {}; but the schema lacks what it needs: {}{}",
          application,
          status.summary(),
          structure.text(),
          in(status.database()));
    } else if (problem == null) {
      LOG.info("{}: {}{}", application, status.summary(), in(status.database()));
    } else if (isOfTest(status.verdict(), problem)) {
      LOG.info("{}: {}; the database lives in memory", application, status.summary());
    } else {
      LOG.warn("{}", reporting.logFormat().of(status.summary(), problem.text(headline, null)));
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
    return reporting.quietOnEmbedded()
        && verdict == Verdict.UNINITIALIZED
        && database != null
        && DatabaseUrl.isInMemory(database);
  }

  private Mode modeFor(Verdict verdict) {
    return verdict == Verdict.UNREACHABLE && settings.onUnreachable() == Mode.WARN
        ? Mode.WARN
        : mode.mode();
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
