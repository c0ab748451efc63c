// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.AheadRevision.Judgement;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains applied revisions that a version cannot judge. */
final class UnknownAheadExplanation {

  private final ComparisonResult comparison;
  private final MatrixRow row;
  private final @Nullable String version;
  private final @Nullable String application;
  private final @Nullable StructureEvidence structure;
  private final MigrationOwner migration;

  /**
   * Creates an explanation.
   *
   * @param migration who migrated the database, right before the check
   */
  UnknownAheadExplanation(Assessment assessment, MigrationOwner migration) {
    this.migration = migration;
    this.comparison = assessment.comparison();
    this.row = Objects.requireNonNull(assessment.assessor().row());
    this.version = assessment.assessor().target().version();
    this.application = assessment.assessor().target().application();
    this.structure = assessment.structure();
  }

  Explanation explanation() {
    List<AheadRevision> unknown =
        comparison.ahead().stream().filter(r -> r.judgement() == Judgement.UNKNOWN).toList();
    Optional<AheadRevision> doubtful =
        unknown.stream().filter(AheadRevision::hasDoubtfulMarker).findFirst();
    return doubtful.isPresent()
        ? new MarkerExplanation(version, application).of(doubtful.get(), unknown)
        : withoutEvidence(unknown);
  }

  private Explanation withoutEvidence(List<AheadRevision> unknown) {
    if (unknown.stream().allMatch(revision -> comparison.moved().contains(revision.entry()))) {
      List<String> actions = new ArrayList<>(comparison.moved().actions());
      actions.add(AcceptAdvice.of(unknown));
      return new Explanation(
          "GUARD-AHEAD-UNKNOWN",
          "The database is ahead by revisions that this version cannot judge",
          comparison.moved().why(),
          actions);
    }
    boolean one = unknown.size() == 1;
    if (migration.mayHaveGoneAhead() && unknown.stream().noneMatch(AheadRevision::known)) {
      return staleChain(unknown);
    }
    List<String> actions =
        new ArrayList<>(
            List.of(
                "deploy the version that brought " + (one ? "it" : "them") + ", or a later one",
                AcceptAdvice.of(unknown)));
    actions.addAll(MigrationClasses.actions(unknown));
    actions.add(permanentAction(unknown, one));
    return new Explanation(
        "GUARD-AHEAD-UNKNOWN",
        "The database is ahead by revisions that this version cannot judge",
        "neither a marker nor the matrix says whether "
            + shown()
            + " runs on "
            + NameList.of(unknown.stream().map(AheadRevision::name).toList())
            + seen(),
        actions);
  }

  /** Returns what the schema says about it. */
  private String seen() {
    if (structure == null) {
      return "";
    }
    if (!structure.structure().compared()) {
      return "; its schema was not compared: " + structure.reason();
    }
    return structure.structure().result() == Result.INTACT
        ? "; all " + structure.size() + " of " + shown() + " are still there"
        : "; the schema lacks what " + shown() + " needs: " + structure.structure().text();
  }

  /** Returns the action that prevents the same question at the next start. */
  private String permanentAction(List<AheadRevision> unknown, boolean one) {
    if (unknown.stream().allMatch(AheadRevision::known)) {
      return "if tests show that "
          + shown()
          + " runs on it, name it as the maximum of the row "
          + row.label()
          + " and release that";
    }
    return one
        ? "if it is an old leftover, add its line to revisions.txt, marked retired"
        : "if they are old leftovers, add their lines to revisions.txt, marked retired";
  }

  /**
   * Returns the explanation for unknown revisions that the application's own migrator applied, as
   * far as is known: the chain is out of date.
   */
  private Explanation staleChain(List<AheadRevision> unknown) {
    String names = NameList.of(unknown.stream().map(AheadRevision::name).toList());
    boolean certain = Boolean.FALSE.equals(migration.startedAhead());
    List<String> actions = new ArrayList<>(MigrationClasses.actions(unknown));
    actions.add(
        (certain ? "" : "if this application's own migrator applied it, ")
            + "regenerate revisions.txt and release that: run the test that keeps it fresh, or the"
            + " command revisions");
    if (!certain) {
      actions.add("otherwise deploy the version that brought it, or a later one");
    }
    actions.add(AcceptAdvice.of(unknown));
    return new Explanation(
        "GUARD-AHEAD-UNKNOWN",
        "The database is ahead by revisions that this version cannot judge",
        "revisions.txt of this version lacks "
            + names
            + (certain ? ", which this application's own migrator has just applied" : ""),
        actions);
  }

  private String shown() {
    return version == null ? "this version" : version;
  }
}
