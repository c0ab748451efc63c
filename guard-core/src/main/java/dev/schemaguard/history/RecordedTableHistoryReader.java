// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the table of a tool that is not known here, as its settings describe it. */
final class RecordedTableHistoryReader implements HistoryReader {

  /** A row that is written before its migration runs looks as one whose migration failed. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final HistoryTable table;
  private final Duration grace;

  RecordedTableHistoryReader(HistoryLocation location, RecordedTable settings) {
    this(settings, new HistoryTable(location, new RecordedTableFormat(settings)));
  }

  RecordedTableHistoryReader(RecordedTable settings, HistoryTable table) {
    this.table = table;
    this.grace = settings.failedWhen() == null ? Duration.ZERO : GRACE;
  }

  @Override
  public String tool() {
    return table.tool();
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

  /** Always empty: nobody here knows what such a tool locks. */
  @Override
  public Optional<MigrationLock> lock(ReadSession session) {
    return Optional.empty();
  }

  @Override
  public Duration grace() {
    return grace;
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return HistoryTable.others(session, place);
  }
}
