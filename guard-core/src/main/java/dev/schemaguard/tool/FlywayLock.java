// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.AdvisoryLock;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Flyway's lock, which Flyway holds while it runs a migration and releases between two migrations.
 * Its key is derived from the hash of the table's quoted name ({@code
 * PostgreSQLAdvisoryLockTemplate} of flyway-database-postgresql 11 to 13, {@code
 * MySQLNamedLockTemplate} of flyway-mysql 11). On a Galera cluster and on most other databases
 * Flyway locks the table's rows instead, which no query shows. On CockroachDB it writes a
 * {@linkplain FlywayLockRow row}.
 *
 * @param schema the schema of the history
 * @param table the table of the history
 */
record FlywayLock(String schema, String table) implements AdvisoryLock {

  /** {@code LOCK_MAGIC_NUM}. */
  private static final long MAGIC = 77_431_708_279_161L;

  /** Looks for the lock of the history at {@code place}. */
  static Visibility look(DatabaseSession session, HistoryPlace place) throws SQLException {
    String schema = place.schema();
    return schema == null ? Visibility.NONE : new FlywayLock(schema, place.table()).look(session);
  }

  /**
   * Returns the keys, which are the same for a lock of the session and for a lock of the
   * transaction, which is the default.
   */
  @Override
  public List<PostgresKey> postgresKeys(DatabaseSession session) {
    return List.of(PostgresKey.of(MAGIC + quoted(schema, '"', "\"\"").hashCode()));
  }

  @Override
  public List<String> mySqlNames(DatabaseSession session) throws SQLException {
    List<String> names = new ArrayList<>();
    for (String spelling : AdvisoryLock.mySqlSpellings(session, schema)) {
      names.add("Flyway-" + quoted(spelling, '`', "`").hashCode());
    }
    return names;
  }

  private String quoted(String spelling, char quote, String escaped) {
    String mark = String.valueOf(quote);
    return quote
        + spelling.replace(mark, escaped)
        + (quote + "." + quote)
        + table.replace(mark, escaped)
        + quote;
  }
}
