// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.testing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

/**
 * Real connections that record what may cost a round trip: every statement as it is executed, and
 * every call on the connection but those that a driver answers by itself.
 */
public final class RecordingDataSource {

  private static final Set<String> FREE =
      Set.of("getMetaData", "getAutoCommit", "close", "isClosed", "unwrap", "isWrapperFor");

  /** What happens before a statement is sent. */
  @FunctionalInterface
  public interface BeforeStatement {
    void sending(String sql) throws SQLException;
  }

  private final DataSource target;
  private final BeforeStatement before;
  private final List<String> calls = new CopyOnWriteArrayList<>();

  public RecordingDataSource(DataSource target) {
    this(target, sql -> {});
  }

  RecordingDataSource(DataSource target, BeforeStatement before) {
    this.target = target;
    this.before = before;
  }

  /** The calls since the last time they were taken. */
  public List<String> takeCalls() {
    List<String> taken = List.copyOf(calls);
    calls.clear();
    return taken;
  }

  /** The recording DataSource. */
  public DataSource dataSource() {
    return SimpleDataSource.of(() -> recorded(target.getConnection()));
  }

  private Connection recorded(Connection connection) {
    return proxy(
        Connection.class,
        (method, arguments) -> {
          String name = method.getName();
          Object result = method.invoke(connection, arguments);
          // DuckDB's plain statements are of the same class.
          if (result instanceof PreparedStatement statement && arguments != null) {
            return recorded(statement, PreparedStatement.class, (String) arguments[0]);
          }
          if (result instanceof Statement statement) {
            return recorded(statement, Statement.class, null);
          }
          if (!FREE.contains(name)) {
            calls.add(name);
          }
          return result;
        });
  }

  private <T extends Statement> T recorded(Statement statement, Class<T> type, String sql) {
    return proxy(
        type,
        (method, arguments) -> {
          if (method.getName().startsWith("execute")) {
            String sent = sql == null ? (String) arguments[0] : sql;
            calls.add(sent);
            before.sending(sent);
          }
          return method.invoke(statement, arguments);
        });
  }

  @FunctionalInterface
  private interface Call {
    Object make(Method method, Object[] arguments)
        throws ReflectiveOperationException, SQLException;
  }

  private static <T> T proxy(Class<T> type, Call call) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          try {
            return call.make(method, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
