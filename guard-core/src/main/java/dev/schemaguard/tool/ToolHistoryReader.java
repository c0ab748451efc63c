// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.TableCatalog;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.Unreadable;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader of a history that a tool keeps in one table. */
class ToolHistoryReader implements SearchingReader {

  private final HistoryLocation location;
  private final MigrationTool tool;
  private final HistoryTable table;

  ToolHistoryReader(HistoryLocation location, MigrationTool tool, HistoryTable table) {
    this.location = location;
    this.tool = tool;
    this.table = table;
  }

  @Override
  public final String tool() {
    return tool.name();
  }

  @Override
  public final String migrationTerm() {
    return tool.migrationTerm();
  }

  @Override
  public final HistoryResult read(ReadSession session) throws SQLException {
    return read(DatabaseSession.of(session));
  }

  /** Reads the history, as {@link #read(ReadSession)} specifies. */
  HistoryResult read(DatabaseSession session) throws SQLException {
    return table.read(session);
  }

  @Override
  public final Optional<String> changeToken(ReadSession session) throws SQLException {
    return table.changeToken(DatabaseSession.of(session));
  }

  /** Returns where the history was last looked for; null if it was not. */
  final @Nullable HistoryPlace lastPlace() {
    return table.lastPlace();
  }

  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    return tool.lock(DatabaseSession.of(session), location, lastPlace());
  }

  @Override
  public Duration grace() {
    return tool.grace();
  }

  @Override
  public final Surroundings surroundings(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    return new HistorySearch(session, location, place, List.of(tool)).surroundings();
  }

  @Override
  public final Optional<Unreadable> hiddenRows(ReadSession session, HistoryPlace place)
      throws SQLException {
    return HiddenRows.look(DatabaseSession.of(session), place);
  }

  @Override
  public final List<String> otherTables(ReadSession session, HistoryPlace place)
      throws SQLException {
    String schema = place.schema();
    if (schema == null) {
      return List.of();
    }
    List<String> own = new ArrayList<>(List.of(place.table().toLowerCase(Locale.ROOT)));
    for (String table : tool.tablesBesideHistory(location)) {
      own.add(table.toLowerCase(Locale.ROOT));
    }
    return TableCatalog.of(DatabaseSession.of(session)).tablesIn(schema).stream()
        .filter(name -> !own.contains(name.toLowerCase(Locale.ROOT)))
        .toList();
  }
}
