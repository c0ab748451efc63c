// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.history.HistoryReader;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.status.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A migration tool, with everything that the guard knows about it: what its users call things, what
 * its table means, what it locks, and what its users do. One class for each tool. Immutable.
 */
public interface MigrationTool extends TableFormat {

  /** What the history of a tool contains. */
  enum Recording {
    /** An entry for each migration. */
    EVERY_MIGRATION,
    /** The heads of the applied revisions, from which the chain leads to the others. */
    HEADS,
    /** The newest version. */
    NEWEST_VERSION
  }

  /** Returns what the tool's users call a migration. */
  default String migrationTerm() {
    return "migration";
  }

  /** Returns whether its history records what the authors of migrations wrote about them. */
  default boolean recordsComments() {
    return false;
  }

  /** Returns what its history contains. */
  default Recording recording() {
    return Recording.EVERY_MIGRATION;
  }

  /**
   * Returns how the tool writes versions, if it identifies a migration by its version and treats
   * equal numbers as the same version; else null.
   */
  default @Nullable Numbering numbering() {
    return null;
  }

  /** Returns whether its migrations may be changesets, which have a path, an id and an author. */
  default boolean hasChangesets() {
    return false;
  }

  /**
   * Returns the comment that the tool will record for a revision, as far as the chain shows it;
   * null if there is none. It may be a marker.
   */
  default @Nullable String commentOf(Revision revision) {
    return null;
  }

  /**
   * Returns the lock that belongs to a history. By default the tool has none, or none that is
   * known.
   *
   * @param history where the history was last looked for; null if it was not
   * @throws SQLException if the connection broke
   */
  default Optional<MigrationLock> lock(
      DatabaseSession session, HistoryLocation location, @Nullable HistoryPlace history)
      throws SQLException {
    return Optional.empty();
  }

  /** Returns the names of the tables that the tool creates beside its history. */
  default List<String> tablesBesideHistory(HistoryLocation location) {
    return List.of();
  }

  /**
   * Returns for how long a migration that is recorded as failed may still be running, because the
   * tool records both states in the same way and its lock is not known.
   */
  default Duration grace() {
    return Duration.ZERO;
  }

  /** Returns what the tool's users do, with the tool's own commands. */
  ToolAdvice advice();

  /** Returns a reader of {@code table}, which belongs to this tool. */
  default HistoryReader reader(HistoryLocation location, HistoryTable table) {
    return new ToolHistoryReader(location, this, table);
  }
}
