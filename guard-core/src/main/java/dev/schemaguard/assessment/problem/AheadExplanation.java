// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AcceptedNames;
import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.AheadRevision.Cause;
import dev.schemaguard.assessment.AheadRevision.Judgement;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.ComparisonResult;
import dev.schemaguard.assessment.NameList;
import dev.schemaguard.history.MigrationOwner;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.MatrixRow;
import dev.schemaguard.preflight.Rollback;
import dev.schemaguard.tool.ToolAdvice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains what a database has beyond what a version was built for. */
final class AheadExplanation {

  private static final int MOST_ACCEPTED = 10;

  private final ComparisonResult findings;
  private final MatrixRow row;
  private final @Nullable String version;
  private final ToolAdvice tool;
  private final MigrationOwner migration;

  /**
   * Creates an explanation.
   *
   * @param migration who migrated the database, right before the check
   */
  AheadExplanation(Assessment assessment, ToolAdvice tool, MigrationOwner migration) {
    this.tool = tool;
    this.migration = migration;
    this.findings = assessment.findings();
    this.row = Objects.requireNonNull(assessment.assessor().row());
    this.version = assessment.assessor().question().version();
  }

  Explanation refused() {
    List<AheadRevision> refused = ahead(Judgement.REFUSED);
    Optional<AheadRevision> byMarker =
        refused.stream()
            .filter(revision -> revision.cause() == Cause.MARKER_REFUSES)
            .max(Comparator.comparing(AheadExplanation::floor));
    AheadRevision decisive = byMarker.orElse(refused.get(0));
    String others = refused.size() == 1 ? "" : "; " + (refused.size() - 1) + " more refuse it too";
    return byMarker.isPresent()
        ? refused(
            decisive.name() + " says requires-app >= " + floor(decisive) + others,
            "deploy " + floor(decisive) + " or later; change nothing in the database",
            undo())
        : refused(
            decisive.name()
                + " lies beyond "
                + findings.max()
                + ", the newest revision that "
                + version()
                + " is known to run on"
                + others,
            "deploy a version whose row admits it; change nothing in the database",
            undo(),
            "if tests show that "
                + version()
                + " runs on it, raise the maximum of the row "
                + row.label()
                + " and release that");
  }

  private static Explanation refused(String why, String... actions) {
    return new Explanation(
        "GUARD-AHEAD-INCOMPATIBLE",
        "The database is ahead and refuses this version",
        why,
        Arrays.stream(actions).filter(action -> !action.isEmpty()).toList());
  }

  Explanation unknown() {
    List<AheadRevision> unknown = ahead(Judgement.UNKNOWN);
    Optional<AheadRevision> doubtful =
        unknown.stream().filter(AheadRevision::hasDoubtfulMarker).findFirst();
    return doubtful.isPresent() ? marker(doubtful.get(), unknown) : unjudged(unknown);
  }

  private Explanation unjudged(List<AheadRevision> unknown) {
    if (unknown.stream().allMatch(revision -> findings.moved().contains(revision.entry()))) {
      List<String> actions = new ArrayList<>(findings.moved().actions());
      actions.add(accept(unknown));
      return new Explanation(
          "GUARD-AHEAD-UNKNOWN",
          "The database is ahead by revisions that this version cannot judge",
          findings.moved().why(),
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
                accept(unknown)));
    actions.addAll(MigrationClasses.actions(unknown));
    actions.add(unjudgedForGood(unknown, one));
    return new Explanation(
        "GUARD-AHEAD-UNKNOWN",
        "The database is ahead by revisions that this version cannot judge",
        "neither a marker nor the matrix says whether "
            + version()
            + " runs on "
            + NameList.of(unknown.stream().map(AheadRevision::name).toList()),
        actions);
  }

  /** Returns the action that prevents the same question at the next start. */
  private String unjudgedForGood(List<AheadRevision> unknown, boolean one) {
    if (unknown.stream().allMatch(AheadRevision::known)) {
      return "if tests show that "
          + version()
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
    actions.add(accept(unknown));
    return new Explanation(
        "GUARD-AHEAD-UNKNOWN",
        "The database is ahead by revisions that this version cannot judge",
        "revisions.txt of this version lacks "
            + names
            + (certain ? ", which this application's own migrator has just applied" : ""),
        actions);
  }

  private Explanation marker(AheadRevision revision, List<AheadRevision> unknown) {
    return revision.cause() == Cause.MARKER_MALFORMED
        ? marker(
            "the comment of "
                + revision.name()
                + " is not a valid requires-app marker: '"
                + revision.entry().comment()
                + "'",
            "deploy the version that brought it, or a later one",
            accept(unknown))
        : marker(
            revision.name()
                + " says requires-app >= "
                + floor(revision)
                + ", and "
                + (version == null
                    ? "this application has no version to compare with that"
                    : version + " cannot be compared with that version"),
            "give the application its version, in a form such as 1.4.2: the setting"
                + " application-version",
            accept(unknown));
  }

  private static Explanation marker(String why, String... actions) {
    return new Explanation(
        "GUARD-AHEAD-MARKER",
        "The database is ahead by a revision whose marker cannot be used",
        why,
        actions);
  }

  /**
   * Returns the action to accept all revisions, or a rule for them. A shortened list would accept
   * too little if it were copied.
   */
  private static String accept(List<AheadRevision> unknown) {
    List<String> names = unknown.stream().map(AheadRevision::name).toList();
    return "read what "
        + (names.size() == 1 ? "it does, then accept it" : "they do, then accept them")
        + " by name: SCHEMA_GUARD_ACCEPT="
        + (names.size() <= MOST_ACCEPTED
            ? Rollback.word(AcceptedNames.list(names))
            : "NAME,NAME,… of the " + names.size() + " in ahead_revisions of the status");
  }

  /**
   * Returns the action to undo what is ahead. Empty if all of it is recorded under another path,
   * because that must not be undone.
   */
  private String undo() {
    List<AheadRevision> newer =
        findings.ahead().stream()
            .filter(revision -> !findings.moved().contains(revision.entry()))
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

  private List<AheadRevision> ahead(Judgement judgement) {
    return findings.ahead().stream().filter(r -> r.judgement() == judgement).toList();
  }

  private static AppVersion floor(AheadRevision revision) {
    return revision.floor().orElseThrow();
  }

  private String version() {
    return version == null ? "this version" : version;
  }
}
