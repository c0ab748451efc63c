// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.monitor;

import dev.schemaguard.check.CheckResult;
import dev.schemaguard.policy.Readiness;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import java.time.Instant;

/**
 * What is published from one answer to the next. What cannot be told never replaces what was: then
 * the last answer stands, marked stale. Immutable.
 *
 * @param answer the last that could be told; the last of all if none could
 * @param status that of the answer, marked stale if a later question failed
 * @param asked when the last question was asked, in {@link System#nanoTime}
 * @param wasCompatible whether any answer so far was
 * @param readiness that of an instance in strict mode
 */
record PublishedStatus(
    CheckResult answer,
    MigrationStatus status,
    long asked,
    boolean wasCompatible,
    Readiness readiness) {

  private static PublishedStatus of(
      CheckResult answer, MigrationStatus status, long asked, boolean wasCompatible) {
    boolean once = wasCompatible || status.compatible();
    return new PublishedStatus(answer, status, asked, once, Readiness.of(status, once));
  }

  /** The moment of the first answer. */
  static PublishedStatus first(CheckResult answer) {
    return of(answer, answer.status(), answer.asked(), false);
  }

  /** The moment after one more answer; this one, if that was asked for before and came late. */
  PublishedStatus after(CheckResult next) {
    MigrationStatus said = next.status();
    if (isAfter(next.asked())) {
      return this;
    }
    return next.isKnown() || !answer.isKnown() || said.error() == null
        ? of(next, said, next.asked(), wasCompatible)
        : afterFailure(said.error(), said.checkedAt(), next.asked());
  }

  /** The moment after a question to which there was no answer; this one, if that is too old. */
  PublishedStatus afterFailure(String error, Instant at, long failedQuestion) {
    if (isAfter(failedQuestion)) {
      return this;
    }
    Stale known = status.stale();
    Stale stale = new Stale(known == null ? at : known.since(), error);
    return of(answer, answer.status().stale(stale), failedQuestion, wasCompatible);
  }

  private boolean isAfter(long question) {
    return question - asked < 0;
  }
}
