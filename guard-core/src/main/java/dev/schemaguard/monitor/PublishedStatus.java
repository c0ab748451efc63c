// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.check.CheckResult;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import java.time.Instant;

/**
 * What is published between two checks. An unknown result never replaces a known one: the last
 * known result remains, marked stale. Immutable.
 *
 * @param result the last known result; the last of all if none was known
 * @param status the status of the result, marked stale if a later check failed
 * @param asked when the last check began, in {@link System#nanoTime}
 * @param wasCompatible whether any result so far was compatible
 * @param readiness the readiness of an instance in strict mode
 */
record PublishedStatus(
    CheckResult result,
    MigrationStatus status,
    long asked,
    boolean wasCompatible,
    Readiness readiness) {

  private static PublishedStatus of(
      CheckResult result, MigrationStatus status, long asked, boolean wasCompatible) {
    boolean once = wasCompatible || status.compatible();
    return new PublishedStatus(result, status, asked, once, Readiness.of(status, once));
  }

  /** Returns what is published after the first result. */
  static PublishedStatus first(CheckResult result) {
    return of(result, result.status(), result.asked(), false);
  }

  /**
   * Returns what is published after another result; this one if that check began earlier and its
   * result came late.
   */
  PublishedStatus after(CheckResult next) {
    MigrationStatus said = next.status();
    if (isAfter(next.asked())) {
      return this;
    }
    return next.isKnown() || !result.isKnown() || said.error() == null
        ? of(next, said, next.asked(), wasCompatible)
        : afterFailure(said.error(), said.checkedAt(), next.asked());
  }

  /**
   * Returns what is published after a check without a result; this one if that check began earlier.
   */
  PublishedStatus afterFailure(String error, Instant at, long failedQuestion) {
    if (isAfter(failedQuestion)) {
      return this;
    }
    Stale known = status.stale();
    Stale stale = new Stale(known == null ? at : known.since(), error);
    return of(result, result.status().stale(stale), failedQuestion, wasCompatible);
  }

  private boolean isAfter(long question) {
    return question - asked < 0;
  }
}
