// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.schemaguard.dialect.AdvisoryLock;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/**
 * golang-migrate's lock. Its key is computed by {@code database.GenerateAdvisoryLockId} of
 * golang-migrate v4.
 *
 * @param schema the schema of the history
 * @param table the table of the history
 */
record GolangMigrateLock(String schema, String table) implements AdvisoryLock {

  /** {@code advisoryLockIDSalt}. */
  private static final long SALT = 1_486_364_155L;

  /** Looks for the lock of the history at {@code place}. */
  static Visibility look(DatabaseSession session, HistoryPlace place) throws SQLException {
    String schema = place.schema();
    return schema == null
        ? Visibility.NONE
        : new GolangMigrateLock(schema, place.table()).look(session);
  }

  /**
   * Returns the keys for both names of the database that the driver may use: its plain name or, if
   * golang-migrate was given a URL, the path of that URL, which begins with a slash.
   */
  @Override
  public List<PostgresKey> postgresKeys(DatabaseSession session) throws SQLException {
    String database =
        session.query("SELECT current_database()", List.of(), row -> row.getString(1)).get(0);
    return List.of(
        PostgresKey.of(key(schema, table, database)),
        PostgresKey.of(key(schema, table, "/" + database)));
  }

  /** Returns the keys of {@code database:table}, in decimal digits. */
  @Override
  public List<String> mySqlNames(DatabaseSession session) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String spelling : AdvisoryLock.mySqlSpellings(session, schema)) {
      names.add(String.valueOf(key(spelling + ":" + table)));
    }
    return names;
  }

  /**
   * Returns the key of these names: the checksum of all of them, separated by NUL, times the salt,
   * in 32 bits.
   */
  static long key(String... names) {
    CRC32 checksum = new CRC32();
    checksum.update(String.join("\0", names).getBytes(UTF_8));
    return checksum.getValue() * SALT & 0xFFFF_FFFFL;
  }
}
