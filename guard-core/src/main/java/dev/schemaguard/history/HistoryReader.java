// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns what one migration tool recorded in a database into a {@link HistoryResult.History}. An
 * application may bring its own. A reader belongs to one guard and may remember between reads where
 * it found the table. Thread-safe: several checks may read at a time, each on its own session.
 *
 * <p>A reader sends SELECT statements only, through {@link ReadSession#query}, and takes no lock.
 */
public interface HistoryReader {

  /** The tool's name, lower case: {@code liquibase}; empty while it is not known. */
  String tool();

  /** What the tool's users call a migration: {@code changeset}. */
  String migrationTerm();

  /**
   * Reads the whole history, in one statement where nothing is unusual.
   *
   * @return the history; or the proof that there is none; or why it cannot be read. What cannot be
   *     told is never reported as an absent history.
   * @throws SQLException if the connection broke
   */
  HistoryResult read(ReadSession session) throws SQLException;

  /**
   * The mark by which a history that has not moved is known without reading it: equal to {@link
   * HistoryResult.History#changeToken} of the last reading as long as nothing was recorded, taken
   * back or repaired since. One statement that yields one row.
   *
   * @return the token; empty where only reading again tells
   * @throws SQLException if the connection broke
   */
  default Optional<String> changeToken(ReadSession session) throws SQLException {
    return Optional.empty();
  }

  /**
   * The lock that the tool holds, or empty where none is held or none can be seen.
   *
   * @throws SQLException if the connection broke
   */
  Optional<MigrationLock> lock(ReadSession session) throws SQLException;

  /**
   * For how long what the last reading told as failed may yet be running, because the tool records
   * the one like the other and its lock cannot be seen in this database; zero where it can.
   */
  default Duration grace() {
    return Duration.ZERO;
  }

  /**
   * Returns what the catalog shows around {@code place}, where the history is missing or empty:
   * tables that may hold it under another name or in another schema. By default nothing.
   *
   * @throws SQLException if the connection broke
   */
  default Surroundings surroundings(ReadSession session, HistoryPlace place) throws SQLException {
    return Surroundings.NONE;
  }

  /**
   * Returns the reason if the database may hide rows of the history at {@code place} from the role,
   * so that what was read is not the whole history. By default empty.
   *
   * @throws SQLException if the connection broke
   */
  default Optional<HistoryResult.Unreadable> hiddenRows(ReadSession session, HistoryPlace place)
      throws SQLException {
    return Optional.empty();
  }

  /**
   * The tables in the schema of {@code place} that this tool did not make for itself: a schema that
   * holds some, and no history, was not made by this tool.
   *
   * @throws SQLException if the connection broke
   */
  List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException;
}
