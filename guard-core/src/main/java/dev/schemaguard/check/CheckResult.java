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
 * The result of a check, and what the next check needs to see that nothing has changed since.
 *
 * @param status the status that was found
 * @param changeToken the history's change token, if it alone can represent the history; else null
 * @param asked when the check began, in {@link System#nanoTime}
 * @param read when the last check began that read the whole history, in {@link System#nanoTime}
 */
public record CheckResult(
    MigrationStatus status, @Nullable String changeToken, long asked, long read) {

  private static final long WHOLE_READ_NANOS = Duration.ofHours(1).toNanos();

  /** Returns the result of a check that could not determine anything. */
  public static CheckResult none(MigrationStatus status, long asked) {
    return new CheckResult(status, null, asked, asked);
  }

  /**
   * Returns the result of a check that read the history. While the schema is incompatible, it has
   * no change token: repairs are to be expected then, and a token does not detect every repair.
   */
  static CheckResult of(Assessment assessment, MigrationStatus status, long asked) {
    String token =
        status.compatible() && assessment.reading() instanceof History history
            ? history.changeToken()
            : null;
    return new CheckResult(status, token, asked, asked);
  }

  /** Returns the same result, confirmed by a check that found nothing changed. */
  CheckResult confirmed(MigrationStatus again, long askedAgain) {
    return new CheckResult(again, changeToken, askedAgain, read);
  }

  /** Returns the same result with the name of the database. */
  public CheckResult inDatabase(@Nullable String name) {
    return new CheckResult(status.inDatabase(name), changeToken, asked, read);
  }

  /**
   * Returns whether any history was read, whatever its verdict. If not, the previous result remains
   * valid.
   */
  public boolean isKnown() {
    TenantsStatus tenants = status.tenants();
    if (tenants != null) {
      return tenants.isAnyKnown();
    }
    return status.verdict() != Verdict.UNREACHABLE && status.verdict() != Verdict.UNREADABLE;
  }

  /** Returns whether a token may still represent the whole history. */
  boolean isRecent(long now) {
    return changeToken != null && now - read < WHOLE_READ_NANOS;
  }

  /** Returns whether this result contains a lock, or would if one were held. */
  boolean mayHaveLock() {
    return status.verdict() != Verdict.UP_TO_DATE || status.migrationLock() != null;
  }
}
