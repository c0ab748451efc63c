// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.matrix.Numbering;
import dev.schemaguard.status.MigrationLock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of reading a history: it, the proof that there is none, or why nobody can tell. */
public sealed interface HistoryResult {

  /** Where the history is, or was looked for. */
  HistoryPlace place();

  /**
   * What the database says was applied.
   *
   * @param entries oldest first, as the tool orders them
   * @param changeToken what {@link HistoryReader#changeToken} gives as long as nothing is recorded;
   *     null where only reading again tells
   * @param lock the lock by which it was told that a revision runs and has not failed; null where
   *     none was looked for
   * @param unseen why the migration tool itself would not find this history; null if it would
   */
  record History(
      HistoryPlace place,
      List<HistoryEntry> entries,
      @Nullable String changeToken,
      @Nullable MigrationLock lock,
      @Nullable String unseen)
      implements HistoryResult {
    /** Copies the entries. */
    public History {
      entries = List.copyOf(entries);
    }

    /** A history that the tool itself finds. */
    public History(
        HistoryPlace place,
        List<HistoryEntry> entries,
        @Nullable String changeToken,
        @Nullable MigrationLock lock) {
      this(place, entries, changeToken, lock, null);
    }

    /** A history in which nothing was seen to run. */
    public History(HistoryPlace place, List<HistoryEntry> entries, @Nullable String changeToken) {
      this(place, entries, changeToken, null);
    }

    /**
     * Returns whether it holds the newest version only, so that a version that was begun says that
     * everything below it is applied. Flyway's baseline is no such version: more rows follow it.
     */
    public boolean holdsNewestVersion() {
      return !entries.isEmpty()
          && entries.get(0).outcome() == HistoryEntry.Outcome.BASELINE
          && place.numbering() != Numbering.FLYWAY;
    }

    /** A history without a change token. */
    public History(HistoryPlace place, List<HistoryEntry> entries) {
      this(place, entries, null);
    }

    /** Returns the same history, which the tool itself would not find. */
    History unseen(String why) {
      return new History(place, entries, changeToken, lock, why);
    }
  }

  /** The proof that the schema is usable and that no migration tool has recorded anything in it. */
  record Absent(HistoryPlace place) implements HistoryResult {}

  /**
   * A history that is there, or may be there, and cannot be read.
   *
   * @param cause what kind of obstacle it is
   * @param why the obstacle, with the names that matter
   * @param actions what to do, the first choice first
   */
  record Unreadable(HistoryPlace place, Cause cause, String why, List<String> actions)
      implements HistoryResult {
    /** Copies the actions. */
    public Unreadable {
      actions = List.copyOf(actions);
    }
  }

  /** The kinds of obstacles between a connection and a history. */
  enum Cause {
    /** The role may not read the table or use its schema. */
    PERMISSION,
    /** There is no such schema, or no current one. */
    SCHEMA,
    /** The table is in another schema, and none was named. */
    ELSEWHERE,
    /** The table lacks a column that defines identity, order or success. */
    COLUMN,
    /** Several tools keep a history there, and none was named. */
    TOOL,
    /** A row that no version of the tool writes. */
    SHAPE,
    /** The database refused the query for another reason. */
    QUERY
  }
}
