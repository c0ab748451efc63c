// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Liquibase's {@code DATABASECHANGELOG}. Its columns, their meaning and their order are those
 * of {@code StandardChangeLogHistoryService} and {@code MarkChangeSetRanGenerator} in
 * liquibase-core 4.33. The table is the same in 5.0.
 */
public final class LiquibaseHistoryReader extends TableHistoryReader {

  private final HistoryLocation location;

  /** Creates a reader of the history at {@code location}. */
  public LiquibaseHistoryReader(HistoryLocation location) {
    this(location, new HistoryTable(location, new LiquibaseTable()));
  }

  LiquibaseHistoryReader(HistoryLocation location, HistoryTable table) {
    super(table);
    this.location = location;
  }

  @Override
  public String migrationTerm() {
    return "changeset";
  }

  @Override
  Optional<MigrationLock> lock(ReadSession session, Optional<HistoryPlace> history)
      throws SQLException {
    HistoryPlace place = history.orElse(null);
    Optional<MigrationLock> row = LiquibaseLock.read(session, location, place);
    return row.isPresent()
        ? row
        : Optional.ofNullable(LiquibaseSessionLock.look(session, location, place).lock());
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return super.otherTables(session, place).stream()
        .filter(name -> !name.equalsIgnoreCase(LiquibaseLock.table(location)))
        .toList();
  }
}
