// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A status put together by hand, for tests of what is made of one, whatever it was told by. */
public final class StatusExample {

  private final Verdict verdict;
  private boolean compatible;
  private String error;
  private String summary = "a summary";
  private List<String> names = List.of();
  private MigrationLock lock;
  private Problem problem;
  private MigrationStatus.Stale stale;
  private Instant checkedAt = Instant.EPOCH;
  private Duration duration = Duration.ZERO;

  private StatusExample(Verdict verdict) {
    this.verdict = verdict;
    this.compatible = verdict == Verdict.UP_TO_DATE;
  }

  /** A status of this verdict, compatible if up to date, with nothing else in it. */
  public static StatusExample of(Verdict verdict) {
    return new StatusExample(verdict);
  }

  public StatusExample compatible(boolean other) {
    compatible = other;
    return this;
  }

  public StatusExample error(String other) {
    error = other;
    return this;
  }

  public StatusExample summary(String other) {
    summary = other;
    return this;
  }

  /** What is pending, ahead and failed, and the notes. */
  public StatusExample everyList(List<String> other) {
    names = other;
    return this;
  }

  public StatusExample lock(MigrationLock other) {
    lock = other;
    return this;
  }

  public StatusExample problem(Problem other) {
    problem = other;
    return this;
  }

  public StatusExample stale(MigrationStatus.Stale other) {
    stale = other;
    return this;
  }

  public StatusExample checked(Instant at, Duration took) {
    checkedAt = at;
    duration = took;
    return this;
  }

  /** The status. */
  public MigrationStatus status() {
    return MigrationStatus.builder(verdict)
        .compatible(compatible)
        .survivable(compatible)
        .pendingRevisions(names)
        .aheadRevisions(names)
        .failedRevisions(names)
        .notes(names)
        .error(error)
        .summary(summary)
        .migrationLock(lock)
        .problem(problem)
        .stale(stale)
        .checked(checkedAt, duration)
        .build();
  }
}
