// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Flyway's {@code flyway_schema_history}. A migration is its version; repeatable migrations
 * and the rows that Flyway writes about its table and schema are none, but a repeatable migration
 * that failed is told as failed, by the name of its script.
 */
public final class FlywayHistoryReader implements HistoryReader {

  private final HistoryTable table;

  /** A reader of the history at {@code location}. */
  public FlywayHistoryReader(HistoryLocation location) {
    this(new HistoryTable(location, new FlywayTable()));
  }

  FlywayHistoryReader(HistoryTable table) {
    this.table = table;
  }

  @Override
  public String tool() {
    return "flyway";
  }

  @Override
  public String noun() {
    return "migration";
  }

  @Override
  public HistoryReading read(ReadSession session) throws SQLException {
    return table.read(session);
  }

  @Override
  public Optional<String> changeToken(ReadSession session) throws SQLException {
    return table.changeToken(session);
  }

  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    HistoryPlace place = table.lastPlace();
    return place == null
        ? Optional.empty()
        : Optional.ofNullable(FlywayLock.look(session, place).lock());
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return HistoryTable.others(session, place);
  }
}
