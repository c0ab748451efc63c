// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A reader of a history that a tool keeps in one table. */
abstract sealed class TableHistoryReader implements HistoryReader
    permits AlembicHistoryReader,
        FlywayHistoryReader,
        GolangMigrateHistoryReader,
        LiquibaseHistoryReader,
        CustomTableHistoryReader {

  private final HistoryTable table;

  TableHistoryReader(HistoryTable table) {
    this.table = table;
  }

  @Override
  public final String tool() {
    return table.tool();
  }

  @Override
  public String migrationTerm() {
    return "migration";
  }

  @Override
  public HistoryResult read(ReadSession session) throws SQLException {
    return table.read(session);
  }

  @Override
  public final Surroundings surroundings(ReadSession session, HistoryPlace place)
      throws SQLException {
    return table.surroundings(session, place);
  }

  @Override
  public final Optional<Unreadable> hiddenRows(ReadSession session, HistoryPlace place)
      throws SQLException {
    return HiddenRows.look(session, place);
  }

  @Override
  public final Optional<String> changeToken(ReadSession session) throws SQLException {
    return table.changeToken(session);
  }

  @Override
  public final Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    return lock(session, Optional.ofNullable(table.lastPlace()));
  }

  /**
   * Returns the lock that belongs to the history. By default the tool has none, or none that is
   * known.
   *
   * @param history where the history was last looked for; empty if it was not
   */
  Optional<MigrationLock> lock(ReadSession session, Optional<HistoryPlace> history)
      throws SQLException {
    return Optional.empty();
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return HistoryTable.others(session, place);
  }
}
