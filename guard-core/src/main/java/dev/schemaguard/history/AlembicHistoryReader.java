// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Reads Alembic's {@code alembic_version}. It holds the heads alone; what they build on is told by
 * the chain. Alembic records neither failures nor comments.
 */
public final class AlembicHistoryReader implements HistoryReader {

  private final HistoryTable table;

  /** A reader of the history at {@code location}. */
  public AlembicHistoryReader(HistoryLocation location) {
    this(new HistoryTable(location, new AlembicTable()));
  }

  AlembicHistoryReader(HistoryTable table) {
    this.table = table;
  }

  @Override
  public String tool() {
    return "alembic";
  }

  @Override
  public String noun() {
    return "revision";
  }

  @Override
  public HistoryReading read(ReadSession session) throws SQLException {
    return table.read(session);
  }

  @Override
  public Optional<String> changeToken(ReadSession session) throws SQLException {
    return table.changeToken(session);
  }

  /** Always empty: Alembic takes no lock. */
  @Override
  public Optional<MigrationLock> lock(ReadSession session) {
    return Optional.empty();
  }

  @Override
  public List<String> otherTables(ReadSession session, HistoryPlace place) throws SQLException {
    return HistoryTable.others(session, place);
  }
}
