// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.DatabaseSession;
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
 * The row with which Flyway locks its table on a database without a suitable lock of its own, such
 * as CockroachDB ({@code InsertRowLock} in flyway-core 11 to 13). Flyway renews {@code
 * installed_on} every 5 minutes while it runs and deletes the row when it ends. Before it locks, it
 * deletes a row that was not renewed for 10 minutes.
 */
final class FlywayLockRow {

  private static final String RANK = "-100";

  /** {@code FLYWAY_LOCK_STRING}. */
  private static final String DESCRIPTION = "flyway-lock";

  /** The time has no zone, and two zones differ by at most 26 hours. */
  private static final Duration STALE = Duration.ofHours(26);

  private FlywayLockRow() {}

  /** Returns whether a row of the history table is the lock. */
  static boolean is(String rank, @Nullable String description) {
    return RANK.equals(rank) && DESCRIPTION.equals(description);
  }

  /** Returns the lock that the table at {@code place} contains. */
  static Optional<MigrationLock> look(DatabaseSession session, HistoryPlace place)
      throws SQLException {
    String schema = place.schema();
    if (schema == null) {
      return Optional.empty();
    }
    try {
      return session
          .query(sql(session, schema, place.table()), List.of(), FlywayLockRow::lock)
          .stream()
          .findFirst();
    } catch (SQLException e) {
      // An old table without these columns, which cannot contain such a row.
      session.recoverFrom(e);
      return Optional.empty();
    }
  }

  private static String sql(DatabaseSession session, String schema, String table) {
    return "SELECT "
        + session.quoted("installed_on")
        + ", CURRENT_TIMESTAMP FROM "
        + session.qualified(schema, table)
        + " WHERE "
        + session.quoted("installed_rank")
        + (" = " + RANK + " AND ")
        + session.quoted("description")
        + (" = '" + DESCRIPTION + "'");
  }

  private static MigrationLock lock(ResultSet row) throws SQLException {
    Timestamp renewed = row.getTimestamp(1);
    Duration age =
        renewed == null
            ? null
            : Duration.between(renewed.toInstant(), row.getTimestamp(2).toInstant());
    return new MigrationLock(
        "Flyway",
        renewed == null ? null : renewed.toLocalDateTime().withNano(0).toString(),
        "the database's clock, when Flyway last renewed it",
        age,
        age != null && age.compareTo(STALE) > 0);
  }
}
