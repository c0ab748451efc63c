// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the driver whether a connection is in a transaction. PostgreSQL, MariaDB and MySQL
 * send this state with every response, so no statement is needed. The drivers are optional, so
 * their methods are called by name.
 */
abstract class DriverTransaction {

  private static final Pattern CALL = Pattern.compile("\\.");

  private final String connectionType;
  private final String calls;

  DriverTransaction(String connectionType, String calls) {
    this.connectionType = connectionType;
    this.calls = calls;
  }

  /** Returns whether a transaction is open, from the return value of the last call. */
  abstract boolean isOpen(Object state);

  /**
   * Returns whether {@code connection} is in a transaction; null if its driver does not report it.
   */
  static @Nullable Boolean isOpen(Connection connection, Dialect dialect) {
    for (DriverTransaction driver : dialect.driverTransactions()) {
      Object own = driver.unwrapped(connection);
      if (own != null) {
        return driver.ask(own);
      }
    }
    return null;
  }

  private @Nullable Boolean ask(Object driversOwn) {
    try {
      Object answer = driversOwn;
      for (String call : CALL.split(calls, -1)) {
        Method method = answer.getClass().getMethod(call);
        answer = method.invoke(answer);
      }
      return isOpen(answer);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // Another release of the driver. The server can still be queried.
      return null;
    }
  }

  private @Nullable Object unwrapped(Connection connection) {
    Class<?> type = OptionalClass.named(connectionType, connection);
    try {
      return type == null ? null : connection.unwrap(type);
    } catch (SQLException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
