// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock of a migration tool that is one of the database's own locks: on PostgreSQL an advisory
 * lock, on MariaDB and MySQL a user lock. It ends with the session that holds it, so it is never
 * stale. On other databases such a lock cannot be seen.
 */
interface AdvisoryLock {

  /**
   * The result of looking for a lock.
   *
   * @param lock the lock, if it was seen held
   * @param visible whether it would have been seen if it were held
   */
  record Visibility(@Nullable MigrationLock lock, boolean visible) {

    static final Visibility NONE = new Visibility(null, false);

    private static Visibility of(List<MigrationLock> locks) {
      return new Visibility(locks.isEmpty() ? null : locks.get(0), true);
    }
  }

  /**
   * A key of an advisory lock, as {@code pg_locks} shows it.
   *
   * @param classId the first half, unsigned
   * @param objectId the second half, unsigned
   * @param kind 1 if the key is one number of 64 bits, 2 if it is two numbers of 32 bits
   */
  record PostgresKey(long classId, long objectId, int kind) {

    /** Returns the key that is one number. */
    static PostgresKey of(long number) {
      return new PostgresKey(number >>> Integer.SIZE, number & 0xFFFF_FFFFL, 1);
    }

    /** Returns the key that consists of two numbers. */
    static PostgresKey of(int first, int second) {
      return new PostgresKey(Integer.toUnsignedLong(first), Integer.toUnsignedLong(second), 2);
    }
  }

  /** Returns the keys that the tool may use on PostgreSQL. */
  List<PostgresKey> postgresKeys(ReadSession session) throws SQLException;

  /** Returns the name that the tool uses on MariaDB and MySQL. */
  String mySqlName();

  /** Looks whether any session holds the lock. It sends a SELECT that every role may run. */
  default Visibility look(ReadSession session) throws SQLException {
    try {
      return session.product().isPostgres()
          ? onPostgres(session, postgresKeys(session))
          : session.product().keepsSchemasAsCatalogs()
              ? onMySql(session, mySqlName())
              : Visibility.NONE;
    } catch (SQLException e) {
      if (session.isBroken(e)) {
        throw e;
      }
      // A server that speaks the protocol but cannot show such locks.
      session.recover();
      return Visibility.NONE;
    }
  }

  private static Visibility onPostgres(ReadSession session, List<PostgresKey> keys)
      throws SQLException {
    List<Number> numbers = new ArrayList<>();
    for (PostgresKey key : keys) {
      numbers.addAll(List.of(key.classId(), key.objectId(), key.kind()));
    }
    return Visibility.of(
        session.query(
            "SELECT a.usename, l.pid, a.backend_start, clock_timestamp()"
                + " FROM pg_catalog.pg_locks l"
                + " LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid"
                + " WHERE l.locktype = 'advisory' AND l.granted"
                + " AND l.database = (SELECT oid FROM pg_catalog.pg_database"
                + " WHERE datname = current_database())"
                + " AND (l.classid::bigint, l.objid::bigint, l.objsubid) IN ("
                + ("(?, ?, ?), ".repeat(keys.size() - 1) + "(?, ?, ?))"),
            numbers,
            AdvisoryLock::heldOnPostgres));
  }

  /**
   * Reads a held lock. The start of its session is hidden from a role that may not see other roles'
   * sessions.
   */
  private static MigrationLock heldOnPostgres(ResultSet row) throws SQLException {
    Timestamp start = row.getTimestamp(3);
    return start == null
        ? held(row, null, null)
        : held(
            row,
            start.toLocalDateTime().withNano(0).toString(),
            Duration.between(start.toInstant(), row.getTimestamp(4).toInstant()));
  }

  private static Visibility onMySql(ReadSession session, String name) throws SQLException {
    return Visibility.of(
        session.query(
            "SELECT p.USER, l.ID FROM (SELECT IS_USED_LOCK(?) AS ID) l"
                + " LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.ID"
                + " WHERE l.ID IS NOT NULL",
            List.of(name),
            row -> held(row, null, null)));
  }

  private static MigrationLock held(ResultSet row, @Nullable String since, @Nullable Duration age)
      throws SQLException {
    String user = row.getString(1);
    return new MigrationLock(
        (user == null ? "" : user + ", ") + "session " + row.getLong(2),
        since,
        "the database's clock, when its session began",
        age,
        false,
        true);
  }
}
