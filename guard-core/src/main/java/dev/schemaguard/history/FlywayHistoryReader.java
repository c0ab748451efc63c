// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Reads Flyway's {@code flyway_schema_history}. A migration is identified by its version.
 * Repeatable migrations, and the rows that Flyway writes about its table and schema, are ignored.
 * However, a repeatable migration that failed is reported as failed, by the name of its script.
 */
public final class FlywayHistoryReader extends TableHistoryReader {

  /** Creates a reader of the history at {@code location}. */
  public FlywayHistoryReader(HistoryLocation location) {
    this(new HistoryTable(location, new FlywayTable()));
  }

  FlywayHistoryReader(HistoryTable table) {
    super(table);
  }

  @Override
  Optional<MigrationLock> lock(ReadSession session, Optional<HistoryPlace> history)
      throws SQLException {
    if (history.isEmpty()) {
      return Optional.empty();
    }
    MigrationLock advisory = FlywayLock.look(session, history.get()).lock();
    return advisory != null ? Optional.of(advisory) : FlywayLockRow.look(session, history.get());
  }
}
