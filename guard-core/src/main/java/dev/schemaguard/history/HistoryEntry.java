// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * One row of a history.
 *
 * @param name the revision's whole name, in the form in which equal revisions have equal names;
 *     Liquibase: {@code path::id::author} with the path normalised; Flyway: the version's numbers;
 *     golang-migrate: the version; Alembic: the revision's id; another tool: the values of its
 *     columns
 * @param shortName the name that a chain line without {@code ::} refers to; Liquibase: the id;
 *     Flyway: the version as recorded
 * @param path what the patterns of {@code Paths:} are matched against; null if the tool has none
 * @param outcome what happened
 * @param rerun whether it was applied again later, so that its position is not that of its first
 *     run
 * @param recordedAt when, by the database's clock and in its spelling; null if not recorded
 * @param comment what the migration's author wrote, perhaps a requires-app marker; null if nothing
 * @param tag the tag on this entry; null if there is none
 * @param className the class that contains the migration, with its package; null if it is a file
 */
public record HistoryEntry(
    String name,
    String shortName,
    @Nullable String path,
    Outcome outcome,
    boolean rerun,
    @Nullable String recordedAt,
    @Nullable String comment,
    @Nullable String tag,
    @Nullable String className) {

  /** Creates an entry of a migration that is a file. */
  public HistoryEntry(
      String name,
      String shortName,
      @Nullable String path,
      Outcome outcome,
      boolean rerun,
      @Nullable String recordedAt,
      @Nullable String comment,
      @Nullable String tag) {
    this(name, shortName, path, outcome, rerun, recordedAt, comment, tag, null);
  }

  /** Returns the same entry with a comment. */
  public HistoryEntry withComment(String other) {
    return new HistoryEntry(
        name, shortName, path, outcome, rerun, recordedAt, other, tag, className);
  }

  /** Returns the same entry, without the time at which it was recorded. */
  public HistoryEntry withoutTime() {
    return new HistoryEntry(name, shortName, path, outcome, rerun, null, comment, tag, className);
  }

  /** The outcome that an entry records. */
  public enum Outcome {
    /** The revision is in effect. */
    APPLIED,
    /**
     * The revision and everything up to it are in effect: by its number, or by the chain if the
     * tool has no numbers. The entry stands for the earlier revisions; it stands for itself only if
     * no later revision is known.
     */
    BASELINE,
    /**
     * The revision and everything that it builds on are in effect, by the chain. A head that is not
     * in the chain builds on the whole chain, unless another head shows how far the chain is
     * applied.
     */
    HEAD,
    /** It was tried and failed. */
    FAILED,
    /** Its undo was tried and failed: part of the revision may be gone. */
    UNDO_FAILED,
    /** It was begun and has not ended: neither applied nor failed. */
    RUNNING,
    /** It was skipped: neither applied nor failed. */
    SKIPPED;

    /** Returns whether the revision is in effect. */
    public boolean isInEffect() {
      return this == APPLIED || this == BASELINE || this == HEAD;
    }

    /** Returns whether something was tried and failed, which keeps the tool from continuing. */
    public boolean isFailure() {
      return this == FAILED || this == UNDO_FAILED;
    }
  }
}
