// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.assessment.AheadRevision.MaxRelation;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.preflight.UpgradeTolerance.Reason;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pending revisions, each assessed by itself for the versions that run while it is applied.
 *
 * @param tool the name of the tool that will apply them; empty if it is not known
 * @param pending their lines
 * @param names their names, in the order of the lines
 */
record PendingUpgrade(
    CompatibilityMatrix matrix,
    RevisionChain chain,
    String tool,
    BitSet pending,
    List<String> names) {

  /**
   * Returns how much of the pending revisions {@code version} tolerates.
   *
   * @param own whether it is the version of the application that asks
   */
  UpgradeTolerance tolerance(String version, boolean own) {
    ResolvedRow row = row(version, own);
    int known = 0;
    Reason reason = null;
    for (int i = pending.nextSetBit(0); i >= 0; i = pending.nextSetBit(i + 1)) {
      reason = row == null ? Reason.NO_ROW : reasonAgainst(row, version, own, i);
      if (reason != null) {
        break;
      }
      known++;
    }
    return new UpgradeTolerance(
        names.subList(0, known), names.subList(known, names.size()), reason);
  }

  private @Nullable ResolvedRow row(String version, boolean own) {
    Optional<MatrixRow> row = matrix.rowFor(version, own);
    try {
      return row.isEmpty() ? null : matrix.resolve(row.get());
    } catch (ConfigurationException e) {
      // An old row that no longer fits the chain does not fail a preflight; verify reports it.
      return null;
    }
  }

  /**
   * Returns the reason against applying a revision while a version runs; null if the version
   * tolerates it.
   */
  private @Nullable Reason reasonAgainst(
      ResolvedRow row, String version, boolean own, int position) {
    if (row.upToExpected().get(position)) {
      return null;
    }
    Revision revision = chain.revision(position);
    HistoryEntry entry = ProjectedHistory.applied(revision, tool);
    AssessmentTarget target =
        new AssessmentTarget(version, own, Set.of(), matrix.application().orElse(null));
    AheadRevision ahead =
        AheadRevision.judge(revision.name(), entry, true, relation(row, position), target);
    return switch (ahead.judgement()) {
      case ALLOWED -> null;
      case REFUSED -> Reason.REFUSED;
      case UNKNOWN -> Reason.UNKNOWN;
    };
  }

  private static MaxRelation relation(ResolvedRow row, int position) {
    if (row.admitsAnyLater()) {
      return MaxRelation.ANY;
    }
    if (row.max() == null) {
      return MaxRelation.UNSTATED;
    }
    return row.isWithinMax(position) ? MaxRelation.WITHIN : MaxRelation.BEYOND;
  }
}
