// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.status.MigrationLock;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;

/** Statuses that a wait meets. */
final class WaitExamples {

  static final String CLOCK = "the holder's local time";

  private WaitExamples() {}

  static MigrationStatus behind(int pending, MigrationLock lock) {
    String summary = pending + " pending migration(s): 0009_add_rate_limit → 0012_add_cache";
    return status(Verdict.BEHIND, pending, null, summary, lock);
  }

  static MigrationStatus unreachable(String error) {
    return status(Verdict.UNREACHABLE, 0, error, "ERROR: " + error, null);
  }

  static MigrationLock lock(String holder, Duration age) {
    return new MigrationLock(holder, "2026-11-22T02:58:11", CLOCK, age, false);
  }

  private static MigrationStatus status(
      Verdict verdict, int pending, String error, String summary, MigrationLock lock) {
    boolean known = verdict.isKnown();
    return MigrationStatus.builder(verdict)
        .compatible(verdict.exitCode() == 0)
        .currentRevision(known ? "0009_add_rate_limit" : null)
        .expectedHead(known ? "0012_add_cache" : null)
        .pendingRevisions(Collections.nCopies(pending, "some"))
        .error(error)
        .summary(summary)
        .application("statewave")
        .appVersion("0.6.1")
        .tool("liquibase")
        .migrationLock(lock)
        .checked(Instant.parse("2026-11-22T03:00:00Z"), Duration.ofMillis(3))
        .build();
  }
}
