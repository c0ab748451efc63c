// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.build.impact.Impact;
import dev.schemaguard.build.impact.RevisionImpact;
import dev.schemaguard.matrix.CompatibilityMatrix;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Requires a marker on new migrations that break older versions, or may break them. */
public final class RequiredMarkers {

  private RequiredMarkers() {}

  /**
   * Returns an error for each new revision without a requires-app marker, unless it only expands
   * the schema. A revision is new if it is not in a committed revision chain yet, or if the row of
   * another version does not expect it.
   *
   * @param newRevisions the names of the revisions that are not in a committed chain yet
   */
  public static List<ConfigurationException> errors(
      CompatibilityMatrix matrix,
      Collection<SourceRevision> sources,
      Collection<RevisionImpact> impacts,
      Collection<String> newRevisions) {
    RevisionChain chain = matrix.chain().orElse(null);
    List<ConfigurationException> errors = new ArrayList<>();
    if (chain == null) {
      return errors;
    }
    List<ResolvedRow> rows = ChangelogVerification.rowsOfOthers(matrix);
    for (RevisionWithImpact revision :
        RevisionWithImpact.of(chain, sources, impacts, newRevisions)) {
      boolean isNew = newRevisions.contains(revision.source().name());
      for (ResolvedRow row : rows) {
        isNew |= !row.upToExpected().get(revision.position());
      }
      boolean isMarked =
          RequiresAppMarker.parse(revision.source().comment(), matrix.application().orElse(null))
              .isPresent();
      if (isNew && !isMarked && revision.impact() != Impact.EXPAND) {
        errors.add(error(revision, rows));
      }
    }
    return errors;
  }

  private static ConfigurationException error(RevisionWithImpact revision, List<ResolvedRow> rows) {
    String version = revision.floor(rows).map(Object::toString).orElse("1.5.0");
    SourceRevision source = revision.source();
    return new ConfigurationException(
        source.name(),
        (revision.impact() == Impact.CONTRACT
                ? "it breaks older versions"
                : "it may break older" + " versions")
            + " and has no requires-app marker: "
            + revision.explained(),
        source.markable()
            ? "Begin its comment with the oldest version that keeps working: requires-app "
                + version
                + "."
            : "Let it set the comment of the history table, with the oldest version that keeps"
                + " working: requires-app "
                + version
                + " "
                + source.name()
                + ".");
  }
}
