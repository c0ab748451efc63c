// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The database products that the guard knows. A new product is added to {@link #shortName}, {@link
 * #named} and the list. Only the product of a connection is loaded, unless there is no connection.
 */
public final class Dialects {

  private static final List<String> KNOWN =
      List.of(
          "postgresql",
          "edb",
          "mariadb",
          "mysql",
          "h2",
          "hsqldb",
          "derby",
          "sqlite",
          "mssql",
          "oracle",
          "db2",
          "firebird",
          "duckdb");

  private Dialects() {}

  /** Returns the dialect of the product that a connection leads to. */
  static Dialect of(Connection connection) throws SQLException {
    if (isOfPostgresDriver(connection)) {
      return named(CockroachDb.isBehind(connection) ? "cockroachdb" : "postgresql");
    }
    return of(connection.getMetaData());
  }

  /**
   * Returns whether a connection is one of pgjdbc's, possibly in a wrapper of HikariCP. Its
   * metadata reports PostgreSQL as the product in any case ({@code PgDatabaseMetaData}), and is not
   * asked, because its classes are so large that a first check would spend a third of its time on
   * them. Any other wrapper may have metadata of its own.
   */
  private static boolean isOfPostgresDriver(Connection connection) throws SQLException {
    Connection own =
        connection.getClass().getName().startsWith("com.zaxxer.hikari.pool.")
            ? connection.unwrap(Connection.class)
            : connection;
    return own.getClass().getName().equals("org.postgresql.jdbc.PgConnection");
  }

  private static Dialect of(DatabaseMetaData metaData) throws SQLException {
    String name = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
    // MySQL's driver reports a MariaDB server as MySQL; only the version shows the real product.
    boolean mariaDb =
        name.equals("mysql")
            && metaData.getDatabaseProductVersion().toLowerCase(Locale.ROOT).contains("mariadb");
    if (name.equals("postgresql") && CockroachDb.isBehind(metaData.getConnection())) {
      return named("cockroachdb");
    }
    return named(mariaDb ? "mariadb" : shortName(name));
  }

  /**
   * Returns Liquibase's short name of a product ({@code getShortName()} of the classes in {@code
   * liquibase.database.core}); the same name if it is not known.
   *
   * @param productName the name that its driver reports, in lower case
   */
  private static String shortName(String productName) {
    return switch (productName) {
      case "hsql database engine" -> "hsqldb";
      case "apache derby" -> "derby";
      case "microsoft sql server" -> "mssql";
      case "enterprisedb" -> "edb";
      default -> shortNameByStart(productName);
    };
  }

  /** Returns the short name of a product whose name continues with the platform or the version. */
  private static String shortNameByStart(String productName) {
    // DB2/LINUXX8664.
    if (productName.startsWith("db2")) {
      return "db2";
    }
    // Firebird 3.0.
    return productName.startsWith("firebird") ? "firebird" : productName;
  }

  /**
   * Returns the dialect with Liquibase's short name {@code shortName}.
   *
   * <p>The variable is an Object, because the JVM would load every class that is assigned to a
   * {@code Dialect} in order to verify this method.
   */
  public static Dialect named(String shortName) {
    Object dialect =
        switch (shortName) {
          case "postgresql", "edb" -> new PostgreSql(shortName);
          case "mariadb", "mysql" -> new MySql(shortName);
          case "h2" -> new H2();
          case "hsqldb" -> new Hsqldb();
          case "derby" -> new Derby();
          case "sqlite" -> new Sqlite();
          case "mssql" -> new SqlServer();
          case "oracle" -> new Oracle();
          case "db2" -> new Db2();
          case "firebird" -> new Firebird();
          case "duckdb" -> new DuckDb();
          case "cockroachdb" -> new CockroachDb();
          default -> new Dialect(shortName);
        };
    return (Dialect) dialect;
  }

  /** Returns the short names of the products for which there can be a schema file. */
  public static List<String> withStructure() {
    List<String> names = new ArrayList<>();
    for (Dialect dialect : all()) {
      if (dialect.structure().isPresent()) {
        names.add(dialect.shortName());
      }
    }
    return names;
  }

  private static List<Dialect> all() {
    List<Dialect> all = new ArrayList<>(KNOWN.size());
    for (String name : KNOWN) {
      all.add(named(name));
    }
    return all;
  }

  /** Returns what a failure to connect means for any product; null if none has such a code. */
  static @Nullable Refusal refusal(SQLException failure) {
    for (Dialect dialect : all()) {
      Refusal refusal = dialect.refusal(failure);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }
}
