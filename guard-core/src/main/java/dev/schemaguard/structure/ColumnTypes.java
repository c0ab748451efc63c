// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

/** Decides whether a column of one type takes and returns every value of another type. */
public interface ColumnTypes {

  /**
   * Returns whether a column of type {@code actual} can be used as one of type {@code expected}:
   * both are of the same family, and {@code actual} is not narrower.
   *
   * @param expected a type as the catalog names it
   * @param actual a type as the catalog names it
   */
  boolean fits(String expected, String actual);

  /**
   * Returns the rules of a product.
   *
   * @param dbms Liquibase's short name of it
   */
  static ColumnTypes of(String dbms) {
    return dbms.equals("sqlite") ? new SqliteTypes() : new SqlTypes(dbms);
  }
}
