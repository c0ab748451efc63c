// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.matrix.AppVersion;
import dev.schemaguard.matrix.RequiresAppMarker;
import java.util.Optional;

/**
 * An applied revision beyond the expected one, assessed by itself.
 *
 * @param name its display name
 * @param entry what the database recorded
 * @param known whether it is in the chain
 * @param cause the reason for the judgement
 */
public record AheadRevision(String name, HistoryEntry entry, boolean known, Cause cause) {

  /**
   * The severity of an ahead revision: refused outweighs unknown, and unknown outweighs allowed.
   */
  public enum Judgement {
    REFUSED,
    UNKNOWN,
    ALLOWED
  }

  /** The known relation of a revision to the row's Max. */
  enum MaxRelation {
    /** The row names no Max, or the revision is not in the chain. */
    UNSTATED,
    /** Known, and not beyond the Max. */
    WITHIN,
    /** Known, and beyond the Max. */
    BEYOND,
    /** The Max is {@code any}. */
    ANY
  }

  /**
   * The reason for the judgement of an ahead revision, in the order in which the reasons are tried.
   */
  public enum Cause {
    MARKER_REFUSES(Judgement.REFUSED),
    BEYOND_MAX(Judgement.REFUSED),
    ACCEPTED(Judgement.ALLOWED),
    MARKER_MALFORMED(Judgement.UNKNOWN),
    MARKER_INCOMPARABLE(Judgement.UNKNOWN),
    MARKER_ADMITS(Judgement.ALLOWED),
    WITHIN_MAX(Judgement.ALLOWED),
    ANY_LATER(Judgement.ALLOWED),
    UNSTATED(Judgement.UNKNOWN);

    private final Judgement judgement;

    Cause(Judgement judgement) {
      this.judgement = judgement;
    }
  }

  static AheadRevision judge(
      String name,
      HistoryEntry entry,
      boolean known,
      MaxRelation relation,
      AssessmentTarget target) {
    return new AheadRevision(name, entry, known, cause(name, entry, relation, target));
  }

  private static Cause cause(
      String name, HistoryEntry entry, MaxRelation relation, AssessmentTarget target) {
    Optional<RequiresAppMarker> marker =
        RequiresAppMarker.parse(entry.comment(), target.application());
    if (marker.isPresent() && isOfUnknownApplication(marker.get(), target)) {
      return target.accepts(name) || target.accepts(entry.name())
          ? Cause.ACCEPTED
          : Cause.MARKER_INCOMPARABLE;
    }
    Optional<AppVersion> app = target.comparableVersion();
    Optional<AppVersion> floor = marker.flatMap(AheadRevision::floor);
    if (app.isPresent() && floor.isPresent() && app.get().compareTo(floor.get()) < 0) {
      return Cause.MARKER_REFUSES;
    }
    if (relation == MaxRelation.BEYOND) {
      return Cause.BEYOND_MAX;
    }
    if (target.accepts(name) || target.accepts(entry.name())) {
      return Cause.ACCEPTED;
    }
    if (marker.isPresent()) {
      return floor.isEmpty()
          ? Cause.MARKER_MALFORMED
          : app.isEmpty() ? Cause.MARKER_INCOMPARABLE : Cause.MARKER_ADMITS;
    }
    return switch (relation) {
      case WITHIN -> Cause.WITHIN_MAX;
      case ANY -> Cause.ANY_LATER;
      case UNSTATED, BEYOND -> Cause.UNSTATED;
    };
  }

  /** Returns whether a marker names an application, and this one has no name. */
  private static boolean isOfUnknownApplication(RequiresAppMarker marker, AssessmentTarget target) {
    return target.application() == null
        && marker instanceof RequiresAppMarker.Requires requires
        && requires.application() != null;
  }

  /** Returns whether this version accepts the revision. */
  public Judgement judgement() {
    return cause.judgement;
  }

  /**
   * Returns the oldest version that its requires-app marker admits; empty without a valid marker.
   */
  public Optional<AppVersion> floor() {
    return RequiresAppMarker.parse(entry.comment()).flatMap(AheadRevision::floor);
  }

  private static Optional<AppVersion> floor(RequiresAppMarker marker) {
    return marker instanceof RequiresAppMarker.Requires requires
        ? Optional.of(requires.version())
        : Optional.empty();
  }

  /** Returns whether not even {@code Unknown ahead: allowed} covers it. */
  public boolean hasDoubtfulMarker() {
    return cause == Cause.MARKER_MALFORMED || cause == Cause.MARKER_INCOMPARABLE;
  }
}
