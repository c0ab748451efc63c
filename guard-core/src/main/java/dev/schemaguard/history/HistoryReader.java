// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Turns what one migration tool recorded in a database into a {@link HistoryReading.History}. An
 * application may bring its own. A reader belongs to one guard, is used by one thread at a time,
 * and may remember between reads where it found the table.
 *
 * <p>A reader sends SELECT statements only, through {@link ReadSession#query}, and takes no lock.
 */
public interface HistoryReader {

  /** The tool's name, lower case: {@code liquibase}. */
  String tool();

  /** What the tool's users call a migration: {@code changeset}. */
  String noun();

  /**
   * Reads the whole history, in one statement where nothing is unusual.
   *
   * @return the history; or the proof that there is none; or why it cannot be read. What cannot be
   *     told is never reported as an absent history.
   * @throws SQLException if the connection broke
   */
  HistoryReading read(ReadSession session) throws SQLException;

  /**
   * The lock that the tool holds, or empty where none is held or none can be seen.
   *
   * @throws SQLException if the connection broke
   */
  Optional<MigrationLock> lock(ReadSession session) throws SQLException;

  /**
   * The tables in the schema of {@code place} that this tool did not make for itself: a schema that
   * holds some, and no history, was not made by this tool.
   *
   * @throws SQLException if the connection broke
   */
  List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException;
}
