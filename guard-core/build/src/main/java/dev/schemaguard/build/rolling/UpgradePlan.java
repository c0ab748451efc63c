// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.text.VisibleText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to "may both versions run while the database is migrated, and in which steps?".
 * Immutable and thread-safe.
 *
 * @param from the old version
 * @param to the new version
 * @param decision the decision
 * @param reason why, in one sentence
 * @param tool the name of the migration tool; empty if it is not known
 * @param startsAt the newest revision before the upgrade; null if nothing is applied
 * @param safeUpTo the last revision that may be applied while the old version runs; null if none
 *     may
 * @param stopsAt the first revision that has to wait; null exactly if none has
 * @param cannotRestart the versions that cannot restart once everything is applied
 * @param evidence what is known of each revision, in the order in which they are applied
 * @param steps the plan
 * @param notes what else to know, in sentences
 */
public record UpgradePlan(
    String from,
    String to,
    Decision decision,
    String reason,
    String tool,
    @Nullable String startsAt,
    @Nullable String safeUpTo,
    @Nullable String stopsAt,
    List<String> cannotRestart,
    List<RevisionEvidence> evidence,
    List<UpgradeStep> steps,
    List<String> notes) {

  /** Copies the lists, and makes the texts {@linkplain VisibleText visible}. */
  public UpgradePlan {
    from = VisibleText.of(from);
    to = VisibleText.of(to);
    reason = VisibleText.of(reason);
    startsAt = VisibleText.ofNullable(startsAt);
    safeUpTo = VisibleText.ofNullable(safeUpTo);
    stopsAt = VisibleText.ofNullable(stopsAt);
    cannotRestart = VisibleText.all(cannotRestart);
    evidence = List.copyOf(evidence);
    steps = List.copyOf(steps);
    notes = VisibleText.all(notes);
  }

  /** Returns the exit code of the decision: rolling 0, staged 11, recreate 12. */
  public int exitCode() {
    return switch (decision) {
      case ROLLING -> 0;
      case STAGED -> 11;
      case RECREATE -> 12;
    };
  }
}
