// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads Liquibase's {@code DATABASECHANGELOGLOCK}. It has one row, whose LOCKGRANTED is the
 * holder's local time without a zone ({@code liquibase.lockservice.StandardLockService}).
 */
final class LiquibaseLock {

  private static final String TABLE = "DATABASECHANGELOGLOCK";

  /**
   * The largest difference between two zones is 26 hours; a lock older than that is old in any
   * zone.
   */
  private static final Duration STALE = Duration.ofHours(26);

  private LiquibaseLock() {}

  /**
   * Returns the lock that belongs to a history.
   *
   * @param history where the history was last looked for; null if it was not
   */
  static Optional<MigrationLock> read(
      DatabaseSession session, HistoryLocation location, @Nullable HistoryPlace history)
      throws SQLException {
    String schema =
        history != null && history.schema() != null
            ? history.schema()
            : location.schema() != null ? location.schema() : session.currentSchema();
    return schema == null
        ? Optional.empty()
        : read(session, session.qualified(schema, session.folded(table(location))));
  }

  /** Returns the name of the lock table, as configured or Liquibase's default. */
  static String table(HistoryLocation location) {
    return location.lockTable() == null ? TABLE : location.lockTable();
  }

  private static Optional<MigrationLock> read(DatabaseSession session, String qualified)
      throws SQLException {
    try {
      return session
          .query(
              "SELECT LOCKED, LOCKGRANTED, LOCKEDBY, CURRENT_TIMESTAMP FROM "
                  + qualified
                  + " WHERE ID = 1",
              List.of(),
              LiquibaseLock::lock)
          .stream()
          .flatMap(Optional::stream)
          .findFirst();
    } catch (SQLException e) {
      // The lock table does not exist, or this role may not read it. No lock can be seen then.
      session.recoverFrom(e);
      return Optional.empty();
    }
  }

  private static Optional<MigrationLock> lock(ResultSet row) throws SQLException {
    if (!row.getBoolean(1)) {
      return Optional.empty();
    }
    Timestamp granted = row.getTimestamp(2);
    Timestamp now = row.getTimestamp(4);
    Duration age = granted == null ? null : Duration.between(granted.toInstant(), now.toInstant());
    return Optional.of(
        new MigrationLock(
            row.getString(3),
            granted == null ? null : granted.toLocalDateTime().withNano(0).toString(),
            "the holder's local time",
            age,
            age != null && age.compareTo(STALE) > 0));
  }
}
