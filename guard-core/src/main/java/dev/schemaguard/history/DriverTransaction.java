// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the driver whether a connection is in a transaction. PostgreSQL, MariaDB and MySQL
 * send this state with every response, so no statement is needed. The drivers are optional, so
 * their methods are called by name.
 */
enum DriverTransaction {
  /** {@code TransactionState}: IDLE, OPEN or FAILED. */
  POSTGRESQL("org.postgresql.core.BaseConnection", "getTransactionState") {
    @Override
    boolean isOpen(Object state) {
      return !state.toString().equals("IDLE");
    }
  },
  /** {@code SERVER_STATUS_IN_TRANS} of the protocol. */
  MARIADB("org.mariadb.jdbc.Connection", "getContext.getServerStatus") {
    @Override
    boolean isOpen(Object state) {
      return (((Number) state).intValue() & 1) != 0;
    }
  },
  /** {@code SERVER_STATUS_IN_TRANS} as well, which this driver has already evaluated. */
  MYSQL("com.mysql.cj.jdbc.JdbcConnection", "getSession.getServerSession.inTransactionOnServer") {
    @Override
    boolean isOpen(Object state) {
      return (Boolean) state;
    }
  };

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
  static @Nullable Boolean isOpen(Connection connection, DatabaseProduct product) {
    List<DriverTransaction> drivers =
        product.isPostgres()
            ? List.of(POSTGRESQL)
            : product.keepsSchemasAsCatalogs() ? List.of(MARIADB, MYSQL) : List.of();
    for (DriverTransaction driver : drivers) {
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
