// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.status.MigrationLock;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lock of a migration tool that is one of the database's own locks: on PostgreSQL an advisory
 * lock, on MariaDB and MySQL a user lock. It ends with the session that holds it, so it is never
 * stale. On other databases such a lock cannot be seen.
 */
public interface AdvisoryLock {

  /**
   * The result of looking for a lock.
   *
   * @param lock the lock, if it was seen held
   * @param visible whether it would have been seen if it were held
   */
  record Visibility(@Nullable MigrationLock lock, boolean visible) {

    public static final Visibility NONE = new Visibility(null, false);

    static Visibility of(List<MigrationLock> locks) {
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
    public static PostgresKey of(long number) {
      return new PostgresKey(number >>> Integer.SIZE, number & 0xFFFF_FFFFL, 1);
    }

    /** Returns the key that consists of two numbers. */
    public static PostgresKey of(int first, int second) {
      return new PostgresKey(Integer.toUnsignedLong(first), Integer.toUnsignedLong(second), 2);
    }
  }

  /** Returns the keys that the tool may use on PostgreSQL. */
  List<PostgresKey> postgresKeys(DatabaseSession session) throws SQLException;

  /** Returns the names that the tool may use on MariaDB and MySQL. */
  List<String> mySqlNames(DatabaseSession session) throws SQLException;

  /**
   * Returns the spellings of a database's name that a tool may put into the name of its lock on
   * MariaDB and MySQL. A server that ignores letter case ({@code lower_case_table_names}) has a
   * spelling of its own, and a driver returns that of its URL.
   */
  static List<String> mySqlSpellings(DatabaseSession session, String schema) throws SQLException {
    String own = session.textOrNull("SELECT DATABASE()");
    return own == null || own.equals(schema) || !own.equalsIgnoreCase(schema)
        ? List.of(schema)
        : List.of(schema, own);
  }

  /** Looks whether any session holds the lock. It sends a SELECT that every role may run. */
  default Visibility look(DatabaseSession session) throws SQLException {
    try {
      return session.dialect().look(session, this);
    } catch (SQLException e) {
      // A server that speaks the protocol but cannot show such locks.
      session.recoverFrom(e);
      return Visibility.NONE;
    }
  }

  /** Returns the held lock, from a row that begins with its user and session. */
  static MigrationLock held(ResultSet row, @Nullable String since, @Nullable Duration age)
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
