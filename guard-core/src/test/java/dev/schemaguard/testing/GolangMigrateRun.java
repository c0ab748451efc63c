// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import javax.sql.DataSource;

/**
 * Writes what golang-migrate v4 writes, with the statements of its drivers: {@code
 * ensureVersionTable}, {@code SetVersion} and {@code Lock} in {@code database/postgres}, {@code
 * database/mysql}, {@code database/sqlite3} and {@code database/firebird}.
 *
 * @param table the table's name as the driver quotes it
 */
public record GolangMigrateRun(TestDatabase database, String table) {

  /** A migration, or an end of one, in the middle of somebody else's reading. */
  @FunctionalInterface
  public interface Move {
    void make() throws SQLException;
  }

  /** Makes the table. */
  public void create() throws SQLException {
    if (isFirebird()) {
      database.execute(
          """
          EXECUTE BLOCK AS BEGIN
            if (not exists(select 1 from rdb$relations where rdb$relation_name = '%s')) then
            execute statement 'create table %s (version bigint not null primary key,
              dirty smallint not null)';
          END"""
              .formatted(table.replace("\"", ""), table));
    } else {
      database.execute(
          "CREATE TABLE IF NOT EXISTS "
              + table
              + (database.url().startsWith("jdbc:sqlite:")
                  ? " (version uint64,dirty bool)"
                  : " (version bigint not null primary key, dirty boolean not null)"));
    }
    database.execute("DELETE FROM " + table);
  }

  /** The driver's table there has no boolean. */
  private boolean isFirebird() {
    return database.url().startsWith("jdbc:firebird");
  }

  /** Writes a row, and leaves those that are there. */
  public void insert(long version, boolean dirty) throws SQLException {
    String flag = isFirebird() ? (dirty ? "1" : "0") : String.valueOf(dirty);
    database.execute(
        "INSERT INTO %s (version, dirty) VALUES (%d, %s)".formatted(table, version, flag));
  }

  /** The migration to this version has ended well. */
  public void at(long version) throws SQLException {
    create();
    insert(version, false);
  }

  /** The migration to this version has begun. */
  public void dirty(long version) throws SQLException {
    create();
    insert(version, true);
  }

  /** The migration to this version ends well, while others read. */
  public void end() throws SQLException {
    database.execute("UPDATE " + table + " SET dirty = FALSE");
  }

  /** Whether golang-migrate has a lock in this database. */
  public boolean canLock() {
    return database.url().matches("jdbc:(postgresql|mariadb|mysql):.*");
  }

  /**
   * A session that holds the lock.
   *
   * @param byUrl whether the driver was given a URL instead of a connection
   */
  public Connection lock(String schema, boolean byUrl) throws SQLException {
    Connection connection = database.dataSource().getConnection();
    boolean postgres = database.url().startsWith("jdbc:postgresql");
    String key =
        postgres
            ? id(
                schema
                    + "\0schema_migrations\0"
                    + (byUrl ? "/" : "")
                    + database.value("SELECT current_database()"))
            : id(database.value("SELECT DATABASE()") + ":schema_migrations");
    String sql =
        postgres ? "SELECT pg_advisory_lock(" + key + ")" : "SELECT GET_LOCK('" + key + "', 10)";
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
    return connection;
  }

  /** {@code database.GenerateAdvisoryLockId}. */
  private static String id(String name) {
    CRC32 checksum = new CRC32();
    checksum.update(name.getBytes(UTF_8));
    return Integer.toUnsignedString((int) checksum.getValue() * 1_486_364_155);
  }

  /** Connections on which something moves before the history is read the second time. */
  public DataSource movingBeforeTheSecondReading(DataSource target, Move move) {
    AtomicInteger readings = new AtomicInteger();
    return new RecordingDataSource(
            target,
            sql -> {
              if (sql.startsWith("SELECT version, dirty") && readings.incrementAndGet() == 2) {
                move.make();
              }
            })
        .dataSource();
  }
}
