// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading a history: the history, the proof that there is none, or the reason why it
 * is unknown.
 */
public sealed interface HistoryResult {

  /** Returns where the history is, or was looked for. */
  HistoryPlace place();

  /**
   * A history that was read: what the database says was applied.
   *
   * @param entries oldest first, as the tool orders them
   * @param changeToken the value that {@link HistoryReader#changeToken} returns as long as nothing
   *     is recorded; null if a change can only be detected by reading again
   * @param lock the lock that showed that a revision is running and has not failed; null if no lock
   *     was looked for
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

    /** Creates a history that the tool itself finds. */
    public History(
        HistoryPlace place,
        List<HistoryEntry> entries,
        @Nullable String changeToken,
        @Nullable MigrationLock lock) {
      this(place, entries, changeToken, lock, null);
    }

    /** Creates a history in which no running migration was seen. */
    public History(HistoryPlace place, List<HistoryEntry> entries, @Nullable String changeToken) {
      this(place, entries, changeToken, null);
    }

    /** Creates a history without a change token. */
    public History(HistoryPlace place, List<HistoryEntry> entries) {
      this(place, entries, null);
    }

    /** Returns the same history with the reason why the tool itself would not find it. */
    public History unseen(String why) {
      return new History(place, entries, changeToken, lock, why);
    }
  }

  /** The proof that the schema is usable and that no migration tool has recorded anything in it. */
  record Absent(HistoryPlace place) implements HistoryResult {}

  /**
   * A history that exists, or may exist, and cannot be read.
   *
   * @param cause the kind of obstacle
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
    /** The schema does not exist, or the connection has no current schema. */
    SCHEMA,
    /** The table is in another schema, and no schema was named. */
    ELSEWHERE,
    /** The table lacks a column that defines identity, order or success. */
    COLUMN,
    /** Several tools keep a history there, and no tool was named. */
    TOOL,
    /** A row has a form that no version of the tool writes. */
    SHAPE,
    /** The database refused the query for another reason. */
    QUERY
  }
}
