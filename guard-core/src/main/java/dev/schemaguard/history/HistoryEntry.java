// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import org.jspecify.annotations.Nullable;

/**
 * One row of a history.
 *
 * @param name the revision's whole name, in the form in which equal revisions have equal names;
 *     Liquibase: {@code path::id::author} with the path normalised; Flyway: the version's numbers;
 *     golang-migrate: the version; Alembic: the revision's id; another tool: what its columns say
 * @param shortName the name by which a chain line without {@code ::} means it; Liquibase: the id;
 *     Flyway: the version as recorded
 * @param path what the patterns of {@code Paths:} are matched against; null where the tool has none
 * @param outcome what happened
 * @param rerun whether it was applied again later, so that its place is not that of its first run
 * @param recordedAt when, by the database's clock and in its spelling; null where not recorded
 * @param comment what the migration's author wrote, perhaps a floor marker; null where nothing
 * @param tag the tag on this entry; null where there is none
 * @param className the class that holds the migration, with its package; null if it is a file
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

  /** An entry of a migration that is a file. */
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

  /** What an entry says happened. */
  public enum Outcome {
    /** The revision is in effect. */
    APPLIED,
    /**
     * So is everything up to it: by its number, or by the chain where the tool has no numbers. It
     * stands for those, and for itself only where no later revision is known.
     */
    BASELINE,
    /**
     * So is everything that it builds on, by the chain. One that no line knows builds on the whole
     * chain, unless another one tells how far that is applied.
     */
    HEAD,
    /** It was tried and failed. */
    FAILED,
    /** Its undo was tried and failed: part of the revision may be gone. */
    UNDO_FAILED,
    /** It was begun and has not ended: neither applied nor failed. */
    RUNNING,
    /** It was left out: neither applied nor failed. */
    SKIPPED;

    /** Whether the revision is in effect. */
    public boolean isInEffect() {
      return this == APPLIED || this == BASELINE || this == HEAD;
    }

    /** Returns whether something was tried and failed, which keeps the tool from going on. */
    public boolean isFailure() {
      return this == FAILED || this == UNDO_FAILED;
    }
  }
}
