// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.dialect.AdvisoryLock;
import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.history.HistoryLocation;
import dev.schemaguard.history.HistoryPlace;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lock that Liquibase's extension {@code liquibase-sessionlock} holds instead of a row. Its key
 * is derived from the name of the lock table, which need not exist, and the name of the default
 * schema ({@code PGLockService} and {@code MySQLLockService} of its version 1.6).
 *
 * @param schemas the schemas that may be Liquibase's default one, the most likely first
 * @param table the lock table's name as Liquibase is configured
 */
record LiquibaseSessionLock(List<String> schemas, String table) implements AdvisoryLock {

  private static final int LONGEST_NAME = 64;

  /**
   * Looks for the lock of the history at {@code place}.
   *
   * @param place where the history was last looked for; null if it was not
   */
  static Visibility look(
      DatabaseSession session, HistoryLocation location, @Nullable HistoryPlace place)
      throws SQLException {
    Set<String> schemas = new LinkedHashSet<>();
    add(schemas, place == null ? null : place.schema());
    add(schemas, location.schema());
    if (location.schema() != null || schemas.isEmpty()) {
      // A history in a schema of its own need not be in the default schema.
      add(schemas, session.currentSchema());
    }
    return schemas.isEmpty()
        ? Visibility.NONE
        : new LiquibaseSessionLock(List.copyOf(schemas), LiquibaseLock.table(location))
            .look(session);
  }

  private static void add(Set<String> names, @Nullable String name) {
    if (name != null) {
      names.add(name);
    }
  }

  /**
   * Returns the keys for both spellings: Liquibase writes the table's name in lower case there,
   * unless its letter case is preserved.
   */
  @Override
  public List<PostgresKey> postgresKeys(DatabaseSession session) {
    List<PostgresKey> keys = new ArrayList<>();
    for (String schema : schemas) {
      keys.add(PostgresKey.of(table.hashCode(), schema.hashCode()));
      keys.add(PostgresKey.of(table.toLowerCase(Locale.ROOT).hashCode(), schema.hashCode()));
    }
    return keys;
  }

  /** Returns the name, which is first cut and then converted to upper case. */
  @Override
  public List<String> mySqlNames(DatabaseSession session) {
    String name = schemas.get(0) + "." + table;
    return List.of(
        name.substring(0, Math.min(name.length(), LONGEST_NAME)).toUpperCase(Locale.ROOT));
  }
}
