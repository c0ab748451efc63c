// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.UnknownAhead;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which older versions cannot restart once everything that a version expects is applied.
 *
 * @param row the row of the version whose migrations will be applied
 * @param target that version
 * @param paths the patterns of the paths that belong to this application
 */
record RestartOutlook(
    CompatibilityMatrix matrix, ResolvedRow row, AssessmentTarget target, PathPatterns paths) {

  /** Returns the labels of the rows of these versions. */
  List<String> cannotRestart(HistoryResult reading) {
    History migrated = ProjectedHistory.migrated(reading, row, paths);
    List<String> labels = new ArrayList<>();
    for (MatrixRow other : matrix.rows()) {
      if (!other.equals(row.row()) && isOlder(other)) {
        addIfRefused(labels, other, migrated);
      }
    }
    return labels;
  }

  /**
   * Adds the label of a row whose version cannot restart. A Max that names a revision was written
   * after the version had been built. An instance that brings its own matrix knows neither the Max
   * nor the revision, and refuses the unknown revision.
   */
  private void addIfRefused(List<String> labels, MatrixRow other, History migrated) {
    try {
      Assessment then = Assessor.ofRow(matrix, other).assess(migrated);
      if (!then.isCompatible()) {
        labels.add(other.label());
      } else if (matrix.unknownAhead() != UnknownAhead.ALLOWED
          && then.comparison().isAdmittedByMaxAlone()) {
        labels.add(other.label() + " (unless it reads this matrix)");
      }
    } catch (ConfigurationException e) {
      labels.add(other.label() + " (its row cannot be used)");
    }
  }

  /**
   * Returns whether a row covers versions older than this one; true for any row if this version is
   * not comparable.
   */
  private boolean isOlder(MatrixRow other) {
    Optional<AppVersion> theirs = other.pattern().oldest();
    return theirs.isPresent()
        && target
            .comparableVersion()
            .map(version -> theirs.get().compareTo(version) < 0)
            .orElse(true);
  }
}
