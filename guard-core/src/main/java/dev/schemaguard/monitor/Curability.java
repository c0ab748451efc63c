// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether waiting can still lead to a compatible schema. */
final class Curability {

  /** The verdicts that a migration, a grant or a starting database can still fix. */
  private static final Set<Verdict> CURABLE =
      Set.of(Verdict.BEHIND, Verdict.UNINITIALIZED, Verdict.UNREACHABLE, Verdict.UNREADABLE);

  private final Supplier<Duration> grace;
  private @Nullable List<List<String>> failed;
  private long failedSince;

  /**
   * Creates the decision of one wait.
   *
   * @param grace how long a migration that the last check reported as failed may still be running
   */
  Curability(Supplier<Duration> grace) {
    this.grace = grace;
  }

  /** Returns whether a status may become compatible without anyone's intervention. */
  boolean canStillBeCured(MigrationStatus status) {
    List<MigrationStatus> hopeless = hopeless(status);
    if (hopeless.stream().anyMatch(one -> one.verdict() != Verdict.FAILED)) {
      return false;
    }
    return mayYetBeRunning(hopeless.stream().map(MigrationStatus::failedRevisions).toList());
  }

  /**
   * Returns the statuses, of all tenants or of the single database, that nothing known to be in
   * progress can fix.
   */
  private static List<MigrationStatus> hopeless(MigrationStatus status) {
    TenantsStatus tenants = status.tenants();
    Stream<MigrationStatus> all =
        tenants == null || tenants.worst().isEmpty()
            ? Stream.of(status)
            : tenants.worst().stream().map(TenantStatus::status);
    return all.filter(one -> !one.compatible() && !isCurable(one)).toList();
  }

  private static boolean isCurable(MigrationStatus status) {
    MigrationLock lock = status.migrationLock();
    return CURABLE.contains(status.verdict()) || (lock != null && !lock.stale());
  }

  /**
   * Returns whether what is recorded as failed may still be running, because it has been recorded
   * for a short time only.
   */
  private boolean mayYetBeRunning(List<List<String>> failures) {
    if (failures.isEmpty()) {
      failed = null;
      return true;
    }
    if (!failures.equals(failed)) {
      failed = failures;
      failedSince = System.nanoTime();
    }
    return System.nanoTime() - failedSince < grace.get().toNanos();
  }
}
