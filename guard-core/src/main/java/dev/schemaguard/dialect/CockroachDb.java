// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import dev.schemaguard.dialect.AdvisoryLock.Visibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CockroachDB, which speaks PostgreSQL's protocol and reports its name. It has no advisory locks
 * and does not report whether a transaction has written ("PostgreSQL Compatibility").
 */
final class CockroachDb extends PostgreSql {

  private static final String PG_CONNECTION = "org.postgresql.PGConnection";

  CockroachDb() {
    super("cockroachdb");
  }

  /**
   * Returns whether a connection of PostgreSQL's driver leads to CockroachDB, which reports its own
   * version as a parameter when the connection is made ({@code pkg/sql/pgwire/conn.go}).
   */
  static boolean isBehind(Connection connection) {
    Class<?> type = OptionalClass.named(PG_CONNECTION, connection);
    try {
      return type != null
          && connection.isWrapperFor(type)
          && type.getMethod("getParameterStatus", String.class)
                  .invoke(connection.unwrap(type), "crdb_version")
              != null;
    } catch (ReflectiveOperationException | SQLException | RuntimeException | LinkageError e) {
      // An old release of the driver, or a wrapper that does not unwrap.
      return false;
    }
  }

  @Override
  protected @Nullable Boolean isInTransaction(DatabaseSession session) {
    return null;
  }

  @Override
  protected boolean isWithoutWrites(DatabaseSession session) {
    return false;
  }

  /** Returns null, because how it writes a row as text is not documented. */
  @Override
  public @Nullable String rowsDigest(List<String> values, List<String> order) {
    return null;
  }

  /** Returns false, because the process id is not that of a process. */
  @Override
  boolean isBehindPooler(DatabaseSession session) {
    return false;
  }

  @Override
  protected Visibility look(DatabaseSession session, AdvisoryLock lock) {
    return Visibility.NONE;
  }

  /** Returns none: its pg_catalog was not compared with PostgreSQL's. */
  @Override
  public Optional<StructureCatalog> structure() {
    return Optional.empty();
  }
}
