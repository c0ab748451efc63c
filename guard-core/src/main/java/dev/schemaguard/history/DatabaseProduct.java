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
 * @param shortName {@code postgresql}, {@code h2}, {@code mariadb}; for a product that is not known
 *     here its own name, lower-cased
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
    // MySQL's driver calls a MariaDB server MySQL and tells the truth in the version only.
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

  /** Whether what JDBC calls a catalog is what people call a schema here. */
  boolean keepsSchemasAsCatalogs() {
    return shortName.equals("mariadb") || shortName.equals("mysql");
  }

  /** Whether a table is in a file of one schema only, which JDBC does not name. */
  boolean isSqlite() {
    return shortName.equals("sqlite");
  }

  /**
   * Whether it says of a table that the role may not read what it says of one that is not there.
   */
  boolean isHsqldb() {
    return shortName.equals("hsqldb");
  }

  /** Whether the current schema need not exist: the first table in it makes it. */
  boolean makesSchemasOnDemand() {
    return shortName.equals("derby");
  }

  /** Whether JDBC's metadata shows tables that the role may not read. */
  boolean showsAllTables() {
    return shortName.equals("derby");
  }
}
