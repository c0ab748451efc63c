// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.policy;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;

/**
 * Whether an instance should get requests: what a readiness probe answers, the same for every
 * adapter. A database that nobody can ask, or that a newer version has migrated further, takes no
 * instance out that was well on it.
 */
public enum Readiness {
  /** The schema is compatible, or the mode is {@link Mode#WARN}. A probe answers 200. */
  READY,
  /** Something is wrong that an instance which already runs can live with. A probe answers 200. */
  DEGRADED,
  /** The instance cannot work on this schema, or nobody could tell yet. A probe answers 503. */
  NOT_READY;

  /** Whether the instance should get requests: all but {@link #NOT_READY}. */
  public boolean isServing() {
    return this != NOT_READY;
  }

  /** The worse of two: of an instance with two databases, its readiness. */
  public Readiness and(Readiness other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /**
   * The readiness of an instance in strict mode.
   *
   * @param status the last that could be told, marked stale if that is long ago; or that none could
   * @param wasCompatible whether this instance has ever seen a compatible schema
   */
  public static Readiness of(MigrationStatus status, boolean wasCompatible) {
    if (status.compatible()) {
      return status.stale() == null ? READY : DEGRADED;
    }
    TenantsStatus tenants = status.tenants();
    if (tenants != null && wasCompatible && tenants.isAnyCompatible()) {
      // One tenant's schema takes no instance from all the others.
      return DEGRADED;
    }
    return switch (status.verdict()) {
      case AHEAD_UNKNOWN -> DEGRADED;
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
