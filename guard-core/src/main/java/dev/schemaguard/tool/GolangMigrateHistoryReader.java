// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryEntry;
import dev.schemaguard.history.HistoryEntry.Outcome;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryResult;
import dev.schemaguard.history.HistoryResult.History;
import dev.schemaguard.history.ReadSession;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads golang-migrate's {@code schema_migrations}. A version is dirty both while its migration is
 * running and after it failed; the lock shows which of the two it is. If the lock cannot be seen, a
 * version that stays dirty counts as failed.
 */
final class GolangMigrateHistoryReader extends ToolHistoryReader {

  private static final Duration GRACE = Duration.ofSeconds(60);

  /**
   * The lock for a history that changes between two readings: a migration is then running, whether
   * or not a lock is seen.
   */
  private static final MigrationLock MOVING =
      new MigrationLock(null, null, "no clock", null, false, true);

  private volatile boolean lockIsVisible = true;

  GolangMigrateHistoryReader(HistoryLocation location, MigrationTool tool, HistoryTable table) {
    super(location, tool, table);
  }

  @Override
  HistoryResult read(DatabaseSession session) throws SQLException {
    HistoryResult reading = super.read(session);
    return reading instanceof History history && isDirty(history)
        ? failedOrRunning(session, history)
        : reading;
  }

  private HistoryResult failedOrRunning(DatabaseSession session, History dirty)
      throws SQLException {
    MigrationLock lock = look(session, dirty.place()).lock();
    if (lock != null) {
      return running(dirty, lock);
    }
    // The lock is free: the migration that was running when the version was read has ended,
    // successfully or not.
    session.recover();
    HistoryResult again = super.read(session);
    if (!(again instanceof History history && isDirty(history))) {
      return again;
    }
    return history.equals(dirty)
        ? new History(dirty.place(), dirty.entries())
        : running(history, MOVING);
  }

  private static boolean isDirty(History history) {
    List<HistoryEntry> entries = history.entries();
    return !entries.isEmpty() && entries.get(entries.size() - 1).outcome() == Outcome.FAILED;
  }

  /**
   * Returns the same history, in which the dirty version is running rather than failed. It has no
   * token.
   */
  private static History running(History dirty, MigrationLock lock) {
    List<HistoryEntry> entries = new ArrayList<>(dirty.entries());
    String version = entries.remove(entries.size() - 1).name();
    entries.add(GolangMigrateTool.entry(version, Outcome.RUNNING));
    return new History(dirty.place(), entries, null, lock);
  }

  @Override
  public Optional<MigrationLock> lock(ReadSession session) throws SQLException {
    HistoryPlace history = lastPlace();
    return history == null
        ? Optional.empty()
        : Optional.ofNullable(look(DatabaseSession.of(session), history).lock());
  }

  private Visibility look(DatabaseSession session, HistoryPlace place) throws SQLException {
    Visibility sight = GolangMigrateLock.look(session, place);
    lockIsVisible = sight.visible();
    return sight;
  }

  @Override
  public Duration grace() {
    return lockIsVisible ? Duration.ZERO : GRACE;
  }
}
