// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import dev.schemaguard.preflight.UpgradeTolerance;
import dev.schemaguard.tool.FlywayTool;
import dev.schemaguard.tool.Tools;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * What the tool will do with a history when it is run with this version's migrations. It takes a
 * chain to know that.
 *
 * @param row the row of the version whose migrations will be applied
 * @param reading what was read
 * @param paths the patterns of the paths that belong to this application
 */
record MigrationOutlook(ResolvedRow row, HistoryResult reading, PathPatterns paths) {

  /**
   * Returns the pending migrations that the tool, as {@code migration} configures it, leaves out.
   */
  Optional<SkippedMigrations> skippedBy(MigrationOwner migration) {
    return Tools.numbering(reading.place().tool()) == FlywayTool.NUMBERING
        ? new FlywaySelection(row, reading, paths, migration).skipped()
        : Optional.empty();
  }

  /** Returns the rows of Alembic's table that other rows build on. */
  Optional<RedundantHeads> redundantHeads() {
    return reading instanceof History history
        ? RedundantHeads.in(history, row.chain(), placed(history))
        : Optional.empty();
  }

  /** Returns the recorded revisions that the tool cannot continue from. */
  Optional<UnknownStart> unknownStart() {
    return reading instanceof History history
        ? UnknownStart.in(history, row, placed(history))
        : Optional.empty();
  }

  /** Returns whether the chain counts as applied because all recorded heads are unknown. */
  boolean isChainAssumed() {
    if (!(reading instanceof History history)) {
      return false;
    }
    ChainHistory placed = placed(history);
    return placed.recordsHeads() && placed.heads().isEmpty();
  }

  /** Returns how much of what is pending another version tolerates while it runs. */
  UpgradeTolerance tolerance(CompatibilityMatrix matrix, AssessmentTarget target, String running) {
    RevisionChain chain = row.chain();
    ChainHistory placed =
        placed(reading instanceof History read ? read : new History(reading.place(), List.of()));
    BitSet pending = placed.missing(row.upToExpected(), row.upToExpected());
    boolean own = target.own() && running.equals(target.version());
    return new PendingUpgrade(matrix, chain, reading.place().tool(), pending, placed.names(pending))
        .tolerance(running, own);
  }

  private ChainHistory placed(History history) {
    return new ChainHistory(row.chain(), history, paths);
  }
}
