// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The differences between a history and a row, from which a verdict is derived, by display names.
 *
 * @param hasEntries whether any entry of the history is this application's
 * @param position where the database is
 * @param bounds the revisions that the row names
 * @param failed recorded as failed and not applied since
 * @param failedWithin whether any of it is expected, so that what this version uses may be
 *     half-migrated
 * @param missing required and not applied
 * @param pending expected and not applied
 * @param gap the pending revisions that come before {@code current}
 * @param ahead applied beyond expected: first those of the chain in its order, then the others in
 *     the order of recording
 * @param moved revisions that are missing only because their file has another path
 * @param notes what else a reader should know
 */
public record ComparisonResult(
    boolean hasEntries,
    Position position,
    RowBounds bounds,
    List<String> failed,
    boolean failedWithin,
    List<String> missing,
    List<String> pending,
    List<String> gap,
    List<AheadRevision> ahead,
    MovedChangesets moved,
    List<String> notes) {

  private static final List<String> NONE = List.of();

  /** Returns what is known of a row before anything is read. */
  static ComparisonResult of(RowBounds bounds) {
    return of(Position.NONE, bounds, NONE);
  }

  /** Returns what is known of a database without a row to compare it with. */
  static ComparisonResult at(Position position, List<String> failed) {
    return of(position, RowBounds.UNKNOWN, failed);
  }

  private static ComparisonResult of(Position position, RowBounds bounds, List<String> failed) {
    return new ComparisonResult(
        position.name() != null,
        position,
        bounds,
        failed,
        !failed.isEmpty(),
        NONE,
        NONE,
        NONE,
        List.of(),
        MovedChangesets.NONE,
        NONE);
  }

  /** Returns where the database is; null if nothing is applied. */
  public @Nullable String current() {
    return position.name();
  }

  /** Returns the expected revision; null if it is unknown. */
  public @Nullable String expected() {
    return bounds.expected();
  }

  /** Returns the same result with these notes. */
  ComparisonResult withNotes(List<String> notes) {
    return new ComparisonResult(
        hasEntries,
        position,
        bounds,
        failed,
        failedWithin,
        missing,
        pending,
        gap,
        ahead,
        moved,
        List.copyOf(notes));
  }

  /** Returns the verdict on a database with these differences. */
  Verdict verdict() {
    if (!failed.isEmpty()) {
      return Verdict.FAILED;
    }
    if (!missing.isEmpty()) {
      return hasEntries ? Verdict.BEHIND : Verdict.UNINITIALIZED;
    }
    if (!ahead.isEmpty()) {
      return verdictOnAhead();
    }
    return pending.isEmpty() ? Verdict.UP_TO_DATE : Verdict.BEHIND_COMPATIBLE;
  }

  private Verdict verdictOnAhead() {
    if (anyAhead(AheadRevision.Judgement.REFUSED)) {
      return Verdict.AHEAD_INCOMPATIBLE;
    }
    return anyAhead(AheadRevision.Judgement.UNKNOWN)
        ? Verdict.AHEAD_UNKNOWN
        : Verdict.AHEAD_COMPATIBLE;
  }

  /** Returns the display names of what is ahead. */
  public List<String> aheadNames() {
    List<String> names = new ArrayList<>(ahead.size());
    for (AheadRevision revision : ahead) {
      names.add(revision.name());
    }
    return names;
  }

  boolean anyAhead(AheadRevision.Judgement judgement) {
    for (AheadRevision revision : ahead) {
      if (revision.judgement() == judgement) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether something ahead is allowed only by a Max that names a revision. */
  boolean isAdmittedByMaxAlone() {
    for (AheadRevision revision : ahead) {
      if (revision.cause() == AheadRevision.Cause.WITHIN_MAX) {
        return true;
      }
    }
    return false;
  }
}
