// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.rolling;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Assessor;
import dev.schemaguard.assessment.StructureEvidence;
import dev.schemaguard.assessment.UpgradeStates;
import dev.schemaguard.build.rolling.RevisionEvidence.Kind;
import dev.schemaguard.build.rolling.StructureOutlook.Answer;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.RequiresAppMarker;
import dev.schemaguard.matrix.ResolvedRow;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.UnknownAhead;
import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.tool.Tools;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Judges the states of an upgrade as the old version's own guard would, with what is known of its
 * schema. Immutable.
 *
 * @param old the old version's own assessor
 * @param states the states
 * @param structure what is known of the schema in each state
 * @param tool the migration tool's name
 * @param next the new version; null if it is not comparable
 * @param rowInNext the old version's row in the new version's matrix; null if there is none
 */
record EvidenceJudge(
    Assessor old,
    UpgradeStates states,
    StructureOutlook structure,
    String tool,
    @Nullable AppVersion next,
    @Nullable ResolvedRow rowInNext) {

  /** Returns whether the old version survives the state after the first {@code count} revisions. */
  boolean survives(int count) {
    for (int i = 1; i <= count; i++) {
      if (!evidence(i).survives()) {
        return false;
      }
    }
    return assess(count).isCompatible();
  }

  /** Returns the evidence for the last of the first {@code count} revisions. */
  RevisionEvidence evidence(int count) {
    Revision revision = states.path().get(count - 1);
    String shown = states.shown(revision);
    Assessment state = assess(count);
    AheadRevision ahead = UpgradeStates.ahead(state, revision);
    if (ahead != null && isBeyondMaxInNext(revision)) {
      return new RevisionEvidence(
          shown,
          Kind.MAX,
          false,
          "it is beyond the Max of this version in the matrix of "
              + (next == null ? "the new version" : next));
    }
    return ahead == null
        ? new RevisionEvidence(
            shown,
            state.verdict().isKnown() ? Kind.EXPECTED : Kind.NONE,
            state.verdict().isKnown(),
            "this version expects it, too")
        : evidence(count, shown, ahead);
  }

  /** The new matrix was written when it was known what the old version does not survive. */
  private boolean isBeyondMaxInNext(Revision revision) {
    if (rowInNext == null || rowInNext.max() == null) {
      return false;
    }
    int line = rowInNext.chain().indexOf(revision);
    return !rowInNext.upToExpected().get(line) && !rowInNext.isWithinMax(line);
  }

  private RevisionEvidence evidence(int count, String shown, AheadRevision ahead) {
    String floor = ahead.floor().map(AppVersion::toString).orElse("");
    return switch (ahead.cause()) {
      case MARKER_REFUSES ->
          new RevisionEvidence(shown, Kind.MARKER, false, "its marker requires " + floor);
      case MARKER_MALFORMED ->
          new RevisionEvidence(
              shown,
              Kind.MARKER,
              false,
              "its comment is not a valid requires-app marker: '" + ahead.entry().comment() + "'");
      case MARKER_INCOMPARABLE ->
          new RevisionEvidence(
              shown,
              Kind.MARKER,
              false,
              "its marker cannot be compared: the old version has no "
                  + (old.target().version() == null ? "version" : "comparable version or no name"));
      case MARKER_ADMITS ->
          isAmbiguous(ahead)
              ? new RevisionEvidence(
                  shown,
                  Kind.MARKER,
                  false,
                  "its marker names "
                      + floor
                      + ", which is the version of both, so it does not say which of them")
              : new RevisionEvidence(
                  shown, Kind.MARKER, true, "its marker admits " + floor + " and newer");
      case BEYOND_MAX ->
          new RevisionEvidence(shown, Kind.MAX, false, "it is beyond the Max of the row");
      case WITHIN_MAX -> new RevisionEvidence(shown, Kind.MAX, true, "it is within the row's Max");
      case ANY_LATER -> new RevisionEvidence(shown, Kind.MAX, true, "the row's Max is any");
      case ACCEPTED -> new RevisionEvidence(shown, Kind.MAX, true, "it was accepted by name");
      case UNSTATED -> unstated(count, shown);
    };
  }

  /** A marker that two versions of one name could mean does not say which of them survives. */
  private boolean isAmbiguous(AheadRevision ahead) {
    Optional<AppVersion> own =
        Optional.ofNullable(old.target().version()).flatMap(AppVersion::parse);
    return next != null
        && own.isPresent()
        && own.get().compareTo(next) == 0
        && ahead.floor().isPresent()
        && ahead.floor().get().compareTo(next) == 0;
  }

  private RevisionEvidence unstated(int count, String shown) {
    UnknownAhead answer = old.matrix().unknownAhead();
    StructureOutlook.Result known = structure.after(count);
    Kind kind = known.byFiles() ? Kind.SCHEMA_FILES : Kind.PARSED_MIGRATION;
    if (known.answer() == Answer.BROKEN) {
      boolean before = count > 1 && structure.after(count - 1).equals(known);
      return new RevisionEvidence(
          shown, kind, false, before ? "what comes before it is not survived" : known.why());
    }
    if (answer == UnknownAhead.ALLOWED) {
      return known.answer() == Answer.INTACT
          ? new RevisionEvidence(shown, kind, true, known.why())
          : new RevisionEvidence(
              shown, Kind.UNKNOWN_AHEAD, true, "its matrix says Unknown ahead: allowed");
    }
    if (answer == UnknownAhead.INTACT) {
      if (known.answer() == Answer.INTACT && structure.isComparable()) {
        return new RevisionEvidence(shown, kind, true, known.why());
      }
      return new RevisionEvidence(
          shown,
          Kind.NONE,
          false,
          structure.isComparable()
              ? known.why()
              : "the old version has no schema file of this product, so Unknown ahead: intact does"
                  + " not admit it");
    }
    return new RevisionEvidence(
        shown,
        Kind.NONE,
        false,
        "neither a marker nor a Max admits it"
            + (known.answer() == Answer.INTACT
                ? ", although "
                    + (known.byFiles()
                        ? "all that the old version needs is still there"
                        : "it only expands the schema")
                : ""));
  }

  /** Returns the old version's assessment of a state. */
  Assessment assess(int count) {
    Assessment plain = old.assess(states.after(count));
    String comment = tableComment(count);
    Assessment marked = comment == null ? plain : plain.withTableComment(comment);
    if (count == 0 || !structure.isComparable()) {
      return marked;
    }
    Answer answer = structure.after(count).answer();
    return answer == Answer.UNKNOWN
        ? marked
        : marked.withStructure(
            new StructureEvidence(
                Structure.of(answer == Answer.INTACT ? Result.INTACT : Result.BROKEN),
                "",
                0,
                0,
                List.of(),
                true));
  }

  /** Returns the comment that the history's table then has; null if none is known. */
  private @Nullable String tableComment(int count) {
    if (!Tools.recordsNoComments(tool)) {
      return null;
    }
    for (int i = count - 1; i >= 0; i--) {
      String comment = states.comment(states.path().get(i));
      if (comment != null && RequiresAppMarker.parse(comment).isPresent()) {
        return comment;
      }
    }
    return null;
  }
}
