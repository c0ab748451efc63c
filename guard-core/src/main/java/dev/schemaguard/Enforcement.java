// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.check.Check;
import dev.schemaguard.check.SharedServer;
import dev.schemaguard.monitor.LiveStatus;
import dev.schemaguard.monitor.Policy;
import dev.schemaguard.monitor.Wait;
import dev.schemaguard.policy.IncompatibleSchemaException;
import dev.schemaguard.policy.Mode;
import dev.schemaguard.settings.TimingSettings;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks a database at the start of an application, waits for it if it should, and applies the
 * policy. A guard of several shares permits with the others, which limit the concurrent checks.
 * Thread-safe.
 */
record Enforcement(
    Check check, Assessor assessor, TimingSettings timing, Policy policy, LiveStatus live) {

  /** Checks now, publishes the result, and returns it. */
  MigrationStatus checkNow() {
    return live.publish(check.run(assessor, timing.timeout(), false));
  }

  /** Checks now at the same time as other guards. */
  MigrationStatus checkNow(Semaphore atOnce) {
    return new SharedServer(atOnce, timing.timeout()).ask(this::checkNow);
  }

  /**
   * Returns the status with which the application starts.
   *
   * @throws IncompatibleSchemaException if it must not start
   */
  MigrationStatus enforce() {
    policy.logOverrides();
    Duration patience = timing.waitTimeout();
    return applied(patience.isZero() ? checkNow() : await(patience, policy::logWaiting));
  }

  /**
   * Enforces at the same time as other guards. A guard that waits repeats its checks on its own.
   */
  MigrationStatus enforce(Semaphore atOnce) {
    if (!timing.waitTimeout().isZero()) {
      return enforce();
    }
    policy.logOverrides();
    return applied(checkNow(atOnce));
  }

  private MigrationStatus applied(MigrationStatus status) {
    policy.apply(status);
    return status;
  }

  /** Checks repeatedly; see {@link SchemaGuard#await}. */
  MigrationStatus await(Duration deadline, Consumer<MigrationStatus> onWait) {
    Check.Repeated repeated = check.repeated();
    return new Wait(
            limit -> live.publish(repeated.run(assessor, limit)),
            status -> status.compatible() || Policy.hasNoTenantYet(status),
            check::grace,
            deadline,
            onWait)
        .outcome();
  }

  /**
   * Refuses what no migration fixes; see {@link SchemaGuard#enforceBeforeMigration(Set)}.
   *
   * @param atOnce the permits that are shared with other guards; null if there are no others
   */
  Optional<MigrationStatus> beforeMigration(Set<Verdict> left, @Nullable Semaphore atOnce) {
    if (policy.mode().mode() == Mode.WARN) {
      return Optional.empty();
    }
    Predicate<MigrationStatus> migratable =
        status -> isMigratable(status) || left.contains(status.verdict());
    MigrationStatus status = statusBeforeMigration(migratable, atOnce);
    if (!migratable.test(status)) {
      policy.apply(status);
    }
    return Optional.of(status);
  }

  private MigrationStatus statusBeforeMigration(
      Predicate<MigrationStatus> migratable, @Nullable Semaphore atOnce) {
    if (!timing.waitTimeout().isZero()) {
      return new Wait(
              this::checkBeforeMigration,
              migratable,
              check::grace,
              timing.waitTimeout(),
              policy::logWaiting)
          .outcome();
    }
    return atOnce == null
        ? checkBeforeMigration(timing.timeout())
        : new SharedServer(atOnce, timing.timeout())
            .ask(() -> checkBeforeMigration(timing.timeout()));
  }

  private MigrationStatus checkBeforeMigration(Duration limit) {
    return check.beforeMigration(assessor, limit);
  }

  /** Returns whether a database needs at most a migration. */
  private static boolean isMigratable(MigrationStatus status) {
    return status.compatible()
        || status.verdict() == Verdict.BEHIND
        || status.verdict() == Verdict.UNINITIALIZED;
  }
}
