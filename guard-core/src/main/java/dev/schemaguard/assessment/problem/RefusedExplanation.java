// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.assessment.AheadRevision.Judgement;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Explains revisions that refuse a version. */
final class RefusedExplanation {

  private final ComparisonResult comparison;
  private final MatrixRow row;
  private final String version;
  private final ToolAdvice tool;

  RefusedExplanation(Assessment assessment, ToolAdvice tool) {
    this.comparison = assessment.comparison();
    this.row = Objects.requireNonNull(assessment.assessor().row());
    this.version =
        Objects.requireNonNullElse(assessment.assessor().target().version(), "this version");
    this.tool = tool;
  }

  Explanation explanation() {
    List<AheadRevision> refused =
        comparison.ahead().stream().filter(r -> r.judgement() == Judgement.REFUSED).toList();
    Optional<AheadRevision> byMarker =
        refused.stream()
            .filter(revision -> revision.cause() == Cause.MARKER_REFUSES)
            .max(Comparator.comparing(RefusedExplanation::floor));
    AheadRevision decisive = byMarker.orElse(refused.get(0));
    String others = refused.size() == 1 ? "" : "; " + (refused.size() - 1) + " more refuse it too";
    return byMarker.isPresent()
        ? explanation(
            decisive.name() + " says requires-app >= " + floor(decisive) + others,
            "deploy " + floor(decisive) + " or later; change nothing in the database",
            undo())
        : explanation(
            decisive.name()
                + " lies beyond "
                + comparison.bounds().max()
                + ", the newest revision that "
                + version
                + " is known to run on"
                + others,
            "deploy a version whose row admits it; change nothing in the database",
            undo(),
            "if tests show that "
                + version
                + " runs on it, raise the maximum of the row "
                + row.label()
                + " and release that");
  }

  /** Returns the explanation if no revision refuses the version, but the schema does. */
  Explanation byStructure(StructureEvidence structure) {
    List<String> unknown = new ArrayList<>();
    for (AheadRevision revision : comparison.ahead()) {
      if (revision.judgement() == Judgement.UNKNOWN) {
        unknown.add(revision.name());
      }
    }
    String undo = undo();
    List<String> actions = new ArrayList<>();
    actions.add(
        "deploy the version that brought "
            + (unknown.size() == 1 ? "it" : "them")
            + ", or a later one; change nothing in the database");
    if (!undo.isEmpty()) {
      actions.add(undo);
    }
    actions.add(
        "if "
            + version
            + " does not use what is missing, mark its lines unused in the schema file and release"
            + " that");
    return new Explanation(
        "GUARD-AHEAD-STRUCTURE",
        "The database is ahead, and lacks what this version needs",
        NameList.are(unknown)
            + " unknown to "
            + version
            + ", and the schema lacks what it needs: "
            + structure.structure().text(),
        actions);
  }

  private static Explanation explanation(String why, String... actions) {
    return new Explanation(
        "GUARD-AHEAD-INCOMPATIBLE",
        "The database is ahead and refuses this version",
        why,
        Arrays.stream(actions).filter(action -> !action.isEmpty()).toList());
  }

  /**
   * Returns the action to undo what is ahead. Empty if all of it is recorded under another path,
   * because that must not be undone.
   */
  private String undo() {
    List<AheadRevision> newer =
        comparison.ahead().stream()
            .filter(revision -> !comparison.moved().contains(revision.entry()))
            .toList();
    if (newer.isEmpty()) {
      return "";
    }
    List<String> newestFirst = new ArrayList<>();
    newer.forEach(revision -> newestFirst.add(revision.name()));
    Collections.reverse(newestFirst);
    boolean known = newer.stream().allMatch(AheadRevision::known);
    String pronoun = newestFirst.size() == 1 ? "it" : "them";
    return "undo "
        + NameList.of(newestFirst)
        + " with the artifact that brought "
        + pronoun
        + (known ? "" : " (this one does not contain " + pronoun + ")")
        + tool.undo()
        + "; may lose data";
  }

  private static AppVersion floor(AheadRevision revision) {
    return revision.floor().orElseThrow();
  }
}
