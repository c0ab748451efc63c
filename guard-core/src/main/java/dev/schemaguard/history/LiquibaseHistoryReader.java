// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Liquibase's {@code DATABASECHANGELOG}. Its columns, their meaning and their order are those
 * of {@code StandardChangeLogHistoryService} and {@code MarkChangeSetRanGenerator} in
 * liquibase-core 4.33; the table is the same for 5.0.
 */
public final class LiquibaseHistoryReader implements HistoryReader {

  private final HistoryLocation location;
  private final HistoryTable table;

  /** A reader of the history at {@code location}. */
  public LiquibaseHistoryReader(HistoryLocation location) {
    this(location, new HistoryTable(location, new LiquibaseTable()));
  }

  LiquibaseHistoryReader(HistoryLocation location, HistoryTable table) {
    this.location = location;
    this.table = table;
  }

  @Override
  public String tool() {
    return "liquibase";
  }

  @Override
  public String noun() {
    return "changeset";
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
    return LiquibaseLock.read(session, location, table.lastPlace());
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return HistoryTable.others(session, place).stream()
        .filter(name -> !name.equalsIgnoreCase(LiquibaseLock.table(location)))
        .toList();
  }
}
