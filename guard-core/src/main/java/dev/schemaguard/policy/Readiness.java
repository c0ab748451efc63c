// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;

/**
 * Whether an instance should receive requests: the result of a readiness probe, the same for every
 * adapter. If the database becomes unreachable, or a newer version migrates it further, an instance
 * that worked on it before stays in rotation.
 */
public enum Readiness {
  /** The schema is compatible, or the mode is {@link Mode#WARN}. A probe answers 200. */
  READY,
  /** There is a problem that a running instance can tolerate. A probe answers 200. */
  DEGRADED,
  /**
   * The instance cannot work on this schema, or the result is not known yet. A probe answers 503.
   */
  NOT_READY;

  /**
   * Returns whether the instance should receive requests; true for all except {@link #NOT_READY}.
   */
  public boolean isServing() {
    return this != NOT_READY;
  }

  /** Returns the worse of two: the readiness of an instance with two databases. */
  public Readiness and(Readiness other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * Returns the readiness of an instance in strict mode.
   *
   * @param status the last known status, marked stale if a later check failed, or one that is
   *     unknown if there is none
   * @param wasCompatible whether this instance has ever seen a compatible schema
   */
  public static Readiness of(MigrationStatus status, boolean wasCompatible) {
    if (status.compatible()) {
      return status.stale() == null ? READY : DEGRADED;
    }
    TenantsStatus tenants = status.tenants();
    if (tenants != null && wasCompatible && tenants.isAnyCompatible()) {
      // The schema of one tenant does not take the instance away from all the others.
      return DEGRADED;
    }
    return switch (status.verdict()) {
      case AHEAD_UNKNOWN -> DEGRADED;
      case DRIFTED -> wasCompatible ? DEGRADED : NOT_READY;
      case FAILED -> wasCompatible && status.survivable() ? DEGRADED : NOT_READY;
      case UNREACHABLE,
          UNREADABLE,
          UNKNOWN_VERSION,
          UNINITIALIZED,
          BEHIND,
          BEHIND_COMPATIBLE,
          AHEAD_INCOMPATIBLE,
          AHEAD_COMPATIBLE,
          UP_TO_DATE ->
          NOT_READY;
    };
  }
}
