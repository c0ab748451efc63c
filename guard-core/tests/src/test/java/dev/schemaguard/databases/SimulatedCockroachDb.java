// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.SimpleDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/**
 * CockroachDB, which cannot run here: connections to PostgreSQL that report CockroachDB's parameter
 * and refuse the functions and tables that it does not have.
 */
final class SimulatedCockroachDb {

  private static final Pattern UNSUPPORTED =
      Pattern.compile("txid_current_if_assigned|pg_locks|pg_advisory");

  private SimulatedCockroachDb() {}

  /**
   * Connections to {@code real}.
   *
   * @param refused receives every statement that is refused
   */
  static DataSource in(DataSource real, List<String> refused) {
    return SimpleDataSource.of(() -> connection(real.getConnection(), refused));
  }

  private static Connection connection(Connection real, List<String> refused) {
    Connection[] self = new Connection[1];
    self[0] =
        proxy(
            Connection.class,
            (method, arguments) -> {
              if (method.getName().equals("unwrap") && arguments[0] == PGConnection.class) {
                return parameters(real.unwrap(PGConnection.class));
              }
              Object result = method.invoke(real, arguments);
              if (result instanceof DatabaseMetaData metaData) {
                return proxy(
                    DatabaseMetaData.class,
                    (asked, values) ->
                        asked.getName().equals("getConnection")
                            ? self[0]
                            : asked.invoke(metaData, values));
              }
              return result instanceof Statement statement ? statement(statement, refused) : result;
            });
    return self[0];
  }

  private static PGConnection parameters(PGConnection real) {
    return proxy(
        PGConnection.class,
        (method, arguments) ->
            method.getName().equals("getParameterStatus") && arguments[0].equals("crdb_version")
                ? "CockroachDB CCL v24.1.0"
                : method.invoke(real, arguments));
  }

  private static Statement statement(Statement real, List<String> refused) {
    return proxy(
        Statement.class,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")
              && UNSUPPORTED.matcher((String) arguments[0]).find()) {
            refused.add((String) arguments[0]);
            throw new SQLException("unknown function", "42883");
          }
          return method.invoke(real, arguments);
        });
  }

  private interface Call {
    Object on(Method method, Object[] arguments) throws Exception;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    return type.cast(
        Proxy.newProxyInstance(
            SimulatedCockroachDb.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return call.on(method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
