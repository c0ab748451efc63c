// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.dialect;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The database products that the guard knows. A new product is added to this list. */
public final class Dialects {

  private static final List<Dialect> KNOWN =
      List.of(
          new PostgreSql("postgresql", "postgresql"),
          new PostgreSql("edb", "enterprisedb"),
          new MySql("mariadb", "mariadb"),
          new MySql("mysql", "mysql"),
          new H2(),
          new Hsqldb(),
          new Derby(),
          new Sqlite(),
          new SqlServer(),
          new Oracle(),
          new Db2());

  private Dialects() {}

  /** Returns the dialect of the product that a connection leads to. */
  static Dialect of(DatabaseMetaData metaData) throws SQLException {
    String name = metaData.getDatabaseProductName().toLowerCase(Locale.ROOT);
    String version = metaData.getDatabaseProductVersion();
    String lower = version == null ? "" : version.toLowerCase(Locale.ROOT);
    for (Dialect dialect : KNOWN) {
      if (dialect.isReportedAs(name, lower)) {
        return dialect;
      }
    }
    return new Dialect(name, name);
  }

  /** Returns the dialect with Liquibase's short name {@code shortName}. */
  public static Dialect named(String shortName) {
    for (Dialect dialect : KNOWN) {
      if (dialect.shortName().equals(shortName)) {
        return dialect;
      }
    }
    return new Dialect(shortName, shortName);
  }

  /** Returns what a failure to connect means for any product; null if none has such a code. */
  static @Nullable Refusal refusal(SQLException failure) {
    for (Dialect dialect : KNOWN) {
      Refusal refusal = dialect.refusal(failure);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /**
   * Returns whether a time limit of any product ended a statement, for a failure of which the
   * product is not known.
   */
  public static boolean isTimeout(SQLException failure) {
    for (Dialect dialect : KNOWN) {
      if (SqlFailure.of(failure, dialect).isTimeout()) {
        return true;
      }
    }
    return false;
  }
}
