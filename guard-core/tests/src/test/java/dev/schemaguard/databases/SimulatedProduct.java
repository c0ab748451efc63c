// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import dev.schemaguard.testing.SimpleDataSource;
import dev.schemaguard.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A product that cannot run here. Real connections to H2 report its name and its errors, and answer
 * the few statements that only this product understands.
 */
// A failure is a record of immutable values.
@SuppressWarnings("ImmutableEnumChecker")
enum SimulatedProduct {
  /**
   * The codes are those of sys.messages. The driver's states are S0002 for 208 and otherwise S000
   * with the server's state ({@code SQLServerException.generateStateCode} of mssql-jdbc).
   */
  SQL_SERVER(
      "SQL Server",
      "Microsoft SQL Server",
      new Failure("S0002", 208, "Invalid object name"),
      new Failure("S0005", 229, "The SELECT permission was denied on the object"),
      new Failure("S0051", 1222, "Lock request time out period exceeded"),
      "CAST(DATABASEPROPERTYEX(DB_NAME(), 'Updateability') AS VARCHAR(20))",
      "'READ_ONLY'"),
  /** A table that the user may not read is reported as one that does not exist. */
  ORACLE(
      "Oracle",
      "Oracle",
      new Failure("42000", 942, "ORA-00942: table or view does not exist"),
      new Failure("42000", 942, "ORA-00942: table or view does not exist"),
      new Failure("72000", 1013, "ORA-01013: user requested cancel of current operation"),
      "SYS_CONTEXT('USERENV', 'DATABASE_ROLE')",
      "'PHYSICAL STANDBY'"),
  /** The codes and states are those of Db2's SQL messages. */
  DB2(
      "Db2",
      "DB2/LINUXX8664",
      new Failure("42704", -204, "is an undefined name"),
      new Failure("42501", -551, "does not have the required authorization"),
      new Failure("57033", -913, "unsuccessful execution caused by deadlock or timeout"),
      "",
      "");

  /** An error as the product's driver reports it. */
  private record Failure(String state, int code, String message) {
    SQLException exception() {
      return new SQLException(message, state, code);
    }
  }

  private static final Map<Integer, String> MISSING =
      Map.of(42102, "table", 42103, "table", 42104, "table", 90079, "schema");

  private final String title;
  private final String productName;
  private final Failure missing;
  private final Failure denied;
  private final Failure timeout;
  private final String question;
  private final String answer;

  SimulatedProduct(
      String title,
      String productName,
      Failure missing,
      Failure denied,
      Failure timeout,
      String question,
      String answer) {
    this.title = title;
    this.productName = productName;
    this.missing = missing;
    this.denied = denied;
    this.timeout = timeout;
    this.question = question;
    this.answer = answer;
  }

  /** The name in docs/reference/databases.md. */
  String title() {
    return title;
  }

  /** Whether it can be found out that this database takes no writes. */
  boolean showsWriteState() {
    return !question.isEmpty();
  }

  /** Connections to {@code real} as the product makes them. */
  DataSource in(DataSource real) {
    return SimpleDataSource.of(() -> connection(real.getConnection(), false, false));
  }

  /** Connections to a database that takes no writes. */
  DataSource readOnly(DataSource real) {
    return SimpleDataSource.of(() -> connection(real.getConnection(), true, false));
  }

  /** Connections of which every statement runs into a time limit of the role. */
  DataSource limited(TestDatabase real) {
    return SimpleDataSource.of(() -> connection(real.dataSource().getConnection(), false, true));
  }

  private Connection connection(Connection real, boolean readOnly, boolean limited) {
    return proxy(
        Connection.class,
        real,
        (name, result) -> {
          if (result instanceof DatabaseMetaData metaData) {
            return proxy(
                DatabaseMetaData.class,
                metaData,
                (method, value) -> method.equals("getDatabaseProductName") ? productName : value);
          }
          return result instanceof Statement statement
              ? statement(statement, readOnly, limited)
              : result;
        });
  }

  private Statement statement(Statement real, boolean readOnly, boolean limited) {
    return (Statement)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Statement.class},
            (self, method, arguments) -> {
              boolean executes = method.getName().startsWith("execute");
              if (executes && limited) {
                throw timeout.exception();
              }
              if (executes && ((String) arguments[0]).contains("TRUE")) {
                // Older releases have no booleans, and Flyway's column is a number in all of them.
                throw new SQLException("TRUE is no literal", "42000", 0);
              }
              if (executes) {
                arguments[0] = translated((String) arguments[0], readOnly);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw reported(e.getCause());
              }
            });
  }

  /** The statement in words that H2 understands, with what the product would select. */
  private String translated(String sql, boolean readOnly) {
    String privileges = "(SELECT CAST(NULL AS VARCHAR) AS PRIVILEGE) SESSION_PRIVS";
    String selected = readOnly ? answer : "'READ_WRITE'";
    String translated = sql.replace("FROM SESSION_PRIVS", "FROM " + privileges);
    return question.isEmpty() ? translated : translated.replace(question, selected);
  }

  private Throwable reported(Throwable failure) {
    if (!(failure instanceof SQLException said) || failure instanceof SQLTimeoutException) {
      return failure;
    }
    if (MISSING.containsKey(said.getErrorCode())) {
      return missing.exception();
    }
    return said.getErrorCode() == 90096 ? denied.exception() : said;
  }

  private interface Changed {
    Object of(String method, Object result);
  }

  private static <T> T proxy(Class<T> type, Object real, Changed changed) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return changed.of(method.getName(), method.invoke(real, arguments));
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
