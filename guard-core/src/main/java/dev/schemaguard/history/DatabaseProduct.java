// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.history;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;

/**
 * A database product, by Liquibase's short name for it ({@code getShortName()} of the classes in
 * {@code liquibase.database.core}).
 *
 * @param shortName {@code postgresql}, {@code h2}, {@code mariadb}; for an unknown product its own
 *     name in lower case
 */
record DatabaseProduct(String shortName) {

  private static final Map<String, String> SHORT_NAMES =
      Map.ofEntries(
          Map.entry("postgresql", "postgresql"),
          Map.entry("h2", "h2"),
          Map.entry("mariadb", "mariadb"),
          Map.entry("mysql", "mysql"),
          Map.entry("hsql database engine", "hsqldb"),
          Map.entry("apache derby", "derby"),
          Map.entry("sqlite", "sqlite"),
          Map.entry("oracle", "oracle"),
          Map.entry("microsoft sql server", "mssql"),
          Map.entry("enterprisedb", "edb"));

  static DatabaseProduct of(DatabaseMetaData metaData) throws SQLException {
    String product = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
    // MySQL's driver reports a MariaDB server as MySQL; only the version shows the real product.
    if (product.equals("mysql")
        && metaData.getDatabaseProductVersion().toLowerCase(Locale.ROOT).contains("mariadb")) {
      product = "mariadb";
    }
    String name = product.startsWith("db2") ? "db2" : product;
    return new DatabaseProduct(SHORT_NAMES.getOrDefault(name, name));
  }

  boolean isPostgres() {
    return shortName.equals("postgresql") || shortName.equals("edb");
  }

  /** Returns whether a JDBC catalog is what this product's users call a schema. */
  boolean keepsSchemasAsCatalogs() {
    return shortName.equals("mariadb") || shortName.equals("mysql");
  }

  /** Returns whether a table is in a file with one schema only, which JDBC does not name. */
  boolean isSqlite() {
    return shortName.equals("sqlite");
  }

  /**
   * Returns whether the product reports the same error for a table that the role may not read and
   * for one that does not exist.
   */
  boolean isHsqldb() {
    return shortName.equals("hsqldb");
  }

  /**
   * Returns whether the current schema need not exist because creating the first table in it
   * creates the schema.
   */
  boolean makesSchemasOnDemand() {
    return shortName.equals("derby");
  }

  /** Returns whether JDBC's metadata shows tables that the role may not read. */
  boolean showsAllTables() {
    return shortName.equals("derby");
  }
}
