// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Converts what one migration tool recorded in a database into a {@link HistoryResult.History}. An
 * application may provide its own reader. A reader belongs to one guard and may remember between
 * reads where it found the table. Thread-safe: several checks may read at the same time, each on
 * its own session.
 *
 * <p>A reader sends SELECT statements only, through {@link ReadSession#query}, and takes no lock.
 */
public interface HistoryReader {

  /** Returns the tool's name in lower case: {@code liquibase}; empty while it is unknown. */
  String tool();

  /** Returns what the tool's users call a migration: {@code changeset}. */
  String migrationTerm();

  /**
   * Reads the whole history, in one statement if nothing is unusual.
   *
   * @return the history; or the proof that there is none; or why it cannot be read. An unknown
   *     state is never reported as an absent history.
   * @throws SQLException if the connection broke
   */
  HistoryResult read(ReadSession session) throws SQLException;

  /**
   * Returns a token that identifies the state of the history without reading all of it. It is equal
   * to {@link HistoryResult.History#changeToken} of the last reading as long as nothing was
   * recorded, undone or repaired since. It is read by one statement that returns one row.
   *
   * @return the token; empty if a change can only be detected by reading again
   * @throws SQLException if the connection broke
   */
  default Optional<String> changeToken(ReadSession session) throws SQLException {
    return Optional.empty();
  }

  /**
   * Returns the lock that the tool holds, or empty if none is held or none can be seen.
   *
   * @throws SQLException if the connection broke
   */
  Optional<MigrationLock> lock(ReadSession session) throws SQLException;

  /**
   * Returns for how long a migration that the last reading reported as failed may still be running,
   * because the tool records both states in the same way and its lock cannot be seen in this
   * database. Zero if the lock can be seen.
   */
  default Duration grace() {
    return Duration.ZERO;
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
   * Returns the tables in the schema of {@code place} that this tool did not create for its own
   * use. If there are any and there is no history, the schema was not created by this tool.
   *
   * @throws SQLException if the connection broke
   */
  List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException;
}
