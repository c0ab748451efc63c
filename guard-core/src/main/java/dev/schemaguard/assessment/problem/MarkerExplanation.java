// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.matrix.RequiresAppMarker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains a revision whose requires-app marker cannot be used.
 *
 * @param version the version of the application; null if it has none
 * @param application the name of the application; null if it has none
 */
record MarkerExplanation(@Nullable String version, @Nullable String application) {

  /**
   * Returns the explanation.
   *
   * @param revision the revision with the marker
   * @param unknown all revisions that this version cannot judge
   */
  Explanation of(AheadRevision revision, List<AheadRevision> unknown) {
    return revision.cause() == Cause.MARKER_MALFORMED
        ? explanation(
            "the comment of "
                + revision.name()
                + " is not a valid requires-app marker: '"
                + revision.entry().comment()
                + "'",
            "deploy the version that brought it, or a later one",
            AcceptAdvice.of(unknown))
        : namesApplication(revision)
            ? explanation(
                "the marker of "
                    + revision.name()
                    + " names an application ('"
                    + revision.entry().comment()
                    + "'), and this one has no name",
                "give the application its name: the setting application-name, or Application: in"
                    + " its matrix",
                AcceptAdvice.of(unknown))
            : explanation(
                revision.name()
                    + " says requires-app >= "
                    + revision.floor().orElseThrow()
                    + ", and "
                    + (version == null
                        ? "this application has no version to compare with that"
                        : version + " cannot be compared with that version"),
                "give the application its version, in a form such as 1.4.2: the setting"
                    + " application-version",
                AcceptAdvice.of(unknown));
  }

  private boolean namesApplication(AheadRevision revision) {
    return application == null
        && RequiresAppMarker.parse(revision.entry().comment()).orElse(null)
            instanceof RequiresAppMarker.Requires requires
        && requires.application() != null;
  }

  private static Explanation explanation(String why, String... actions) {
    return new Explanation(
        "GUARD-AHEAD-MARKER",
        "The database is ahead by a revision whose marker cannot be used",
        why,
        actions);
  }
}
