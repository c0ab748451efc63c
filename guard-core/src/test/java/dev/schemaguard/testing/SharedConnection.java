// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import javax.sql.DataSource;

/** A DataSource that lends one connection again and again, as Spring's single connection does. */
public final class SharedConnection {

  private SharedConnection() {}

  /** Lends {@code connection}, whose {@code close} does nothing for the borrower. */
  public static DataSource dataSource(Connection connection) {
    Connection unclosable = unclosable(connection);
    return SimpleDataSource.of(() -> unclosable);
  }

  private static Connection unclosable(Connection connection) {
    return (Connection)
        Proxy.newProxyInstance(
            Connection.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                return method.getName().equals("close")
                    ? null
                    : method.invoke(connection, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
