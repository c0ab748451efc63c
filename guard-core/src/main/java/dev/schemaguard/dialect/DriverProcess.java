// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The server's process, as PostgreSQL's driver was told it when it logged in. */
final class DriverProcess {

  private static final String PG_CONNECTION = "org.postgresql.PGConnection";

  private DriverProcess() {}

  /** Returns the process id; null if the driver does not report it. */
  static @Nullable String id(Connection connection) {
    Class<?> type = OptionalClass.named(PG_CONNECTION, connection);
    try {
      return type != null && connection.isWrapperFor(type)
          ? String.valueOf(type.getMethod("getBackendPID").invoke(connection.unwrap(type)))
          : null;
    } catch (ReflectiveOperationException | SQLException | RuntimeException | LinkageError e) {
      // An old release of the driver, or a wrapper that does not unwrap.
      return null;
    }
  }
}
