// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.matrix.VersionPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The notes that tell readers what a verdict does not: its exceptions, and the row it is by. */
final class AssessmentNotes {

  private AssessmentNotes() {}

  /** Returns a comparison with these notes added. */
  static ComparisonResult on(ComparisonResult comparison, MatrixRow row, AssessmentTarget target) {
    List<String> notes = new ArrayList<>(comparison.notes());
    for (MovedChangeset moved : comparison.moved().pairs()) {
      notes.add(moved.note());
    }
    for (AheadRevision revision : comparison.ahead()) {
      if (revision.cause() == AheadRevision.Cause.ACCEPTED) {
        notes.add(revision.name() + " is accepted by an operator");
      }
    }
    if (isAssessedByRelease(row, target)) {
      notes.add(target.version() + " is judged by the row of its release, " + row.label());
    }
    return comparison.withNotes(notes);
  }

  private static boolean isAssessedByRelease(MatrixRow row, AssessmentTarget target) {
    Optional<AppVersion> version = target.comparableVersion();
    return version.isPresent()
        && version.get().hasQualifier()
        && row.pattern() instanceof VersionPattern.Exact exact
        && !exact.version().equals(version.get());
  }
}
