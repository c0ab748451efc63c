// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to, and what the next one needs to see that nothing has moved since.
 *
 * @param changeToken the history's, if that alone may stand for it
 * @param asked when the check began, in {@link System#nanoTime}
 * @param read when the check began that read the whole history
 */
public record CheckResult(
    MigrationStatus status, @Nullable String changeToken, long asked, long read) {

  private static final long WHOLE_READ_NANOS = Duration.ofHours(1).toNanos();

  /** The answer of a check that found no answer. */
  public static CheckResult none(MigrationStatus status, long asked) {
    return new CheckResult(status, null, asked, asked);
  }

  /**
   * The answer of a check that read the history. While the schema is incompatible no token stands
   * for it: somebody repairs it then, and a token does not see every repair.
   */
  static CheckResult of(Assessment assessment, MigrationStatus status, long asked) {
    String token =
        status.compatible() && assessment.reading() instanceof History history
            ? history.changeToken()
            : null;
    return new CheckResult(status, token, asked, asked);
  }

  /** The same answer, given again by a check that found nothing moved. */
  CheckResult confirmed(MigrationStatus again, long askedAgain) {
    return new CheckResult(again, changeToken, askedAgain, read);
  }

  /** Returns the same answer with the name of the database. */
  public CheckResult inDatabase(@Nullable String name) {
    return new CheckResult(status.inDatabase(name), changeToken, asked, read);
  }

  /** Whether any history was told, well or ill; if not, the last answer that was stands. */
  public boolean isKnown() {
    TenantsStatus tenants = status.tenants();
    if (tenants != null) {
      return tenants.isAnyKnown();
    }
    return status.verdict() != Verdict.UNREACHABLE && status.verdict() != Verdict.UNREADABLE;
  }

  /** Whether a token may still stand for the whole history. */
  boolean isRecent(long now) {
    return changeToken != null && now - read < WHOLE_READ_NANOS;
  }

  /** Whether a lock is part of this answer, or would be if one were held. */
  boolean mayHaveLock() {
    return status.verdict() != Verdict.UP_TO_DATE || status.migrationLock() != null;
  }
}
