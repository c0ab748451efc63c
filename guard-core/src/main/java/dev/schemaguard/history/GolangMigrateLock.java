// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Looks for golang-migrate's lock, which is one of the database's own and ends with the session
 * that holds it, so that it is never stale: on PostgreSQL an advisory lock, on MariaDB and MySQL a
 * user lock, elsewhere none that could be seen. Its key is made by {@code
 * database.GenerateAdvisoryLockId} of golang-migrate v4.
 */
final class GolangMigrateLock {

  /**
   * What was seen of the lock.
   *
   * @param lock the lock, if it was seen held
   * @param visible whether it would have been seen if it were held
   */
  record Sight(@Nullable MigrationLock lock, boolean visible) {}

  private static final Sight UNSEEN = new Sight(null, false);

  /** {@code advisoryLockIDSalt}. */
  private static final long SALT = 1_486_364_155L;

  private static final String CLOCK = "the database's clock, when its session began";

  private final ReadSession session;
  private final String schema;
  private final String table;

  private GolangMigrateLock(ReadSession session, String schema, String table) {
    this.session = session;
    this.schema = schema;
    this.table = table;
  }

  /** Looks for the lock of the history at {@code place}. */
  static Sight look(ReadSession session, HistoryPlace place) throws SQLException {
    String schema = place.schema();
    if (schema == null) {
      return UNSEEN;
    }
    GolangMigrateLock lock = new GolangMigrateLock(session, schema, place.table());
    try {
      return session.product().isPostgres()
          ? lock.onPostgres()
          : session.product().keepsSchemasAsCatalogs() ? lock.onMySql() : UNSEEN;
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      // A server that speaks the protocol and has no such locks to show.
      session.recover();
      return UNSEEN;
    }
  }

  /**
   * Named by the database as the driver was told: its plain name, or, where golang-migrate was
   * given a URL, the path of that, which begins with a slash.
   */
  private Sight onPostgres() throws SQLException {
    String database =
        session.query("SELECT current_database()", List.of(), row -> row.getString(1)).get(0);
    return first(
        session.query(
            "SELECT a.usename, l.pid, a.backend_start, clock_timestamp()"
                + " FROM pg_catalog.pg_locks l"
                + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                + " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
                + " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
                + " WHERE datname = current_database())"
                + " AND l.classid::bigint = 0 AND l.objid::bigint IN (?, ?)",
            List.of(key(schema, table, database), key(schema, table, "/" + database)),
            GolangMigrateLock::heldOnPostgres));
  }

  /** The start of the session is hidden from a role that may not see other roles' sessions. */
  private static MigrationLock heldOnPostgres(ResultSet row) throws SQLException {
    Timestamp start = row.getTimestamp(3);
    return start == null
        ? new MigrationLock(holder(row), null, CLOCK, null, false)
        : new MigrationLock(
            holder(row),
            start.toLocalDateTime().withNano(0).toString(),
            CLOCK,
            Duration.between(start.toInstant(), row.getTimestamp(4).toInstant()),
            false);
  }

  private static String holder(ResultSet row) throws SQLException {
    String user = row.getString(1);
    return (user == null ? "" : user + ", ") + "session " + row.getLong(2);
  }

  /** Its name is the key of {@code database:table}, in decimal digits. */
  private Sight onMySql() throws SQLException {
    return first(
        session.query(
            "SELECT p.USER, l.ID FROM (SELECT IS_USED_LOCK(?) AS ID) l"
                + " LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.ID"
                + " WHERE l.ID IS NOT NULL",
            List.of(String.valueOf(key(schema + ":" + table))),
            row -> new MigrationLock(holder(row), null, CLOCK, null, false)));
  }

  private static Sight first(List<MigrationLock> locks) {
    return new Sight(locks.isEmpty() ? null : locks.get(0), true);
  }

  /** The key of these names: the checksum of all, parted by NUL, times the salt, in 32 bits. */
  static long key(String... names) {
    CRC32 checksum = new CRC32();
    checksum.update(String.join("\0", names).getBytes(UTF_8));
    return checksum.getValue() * SALT & 0xFFFF_FFFFL;
  }
}
