// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Set;

/**
 * The types of every product but SQLite.
 *
 * @param dbms Liquibase's short name of the product
 */
record SqlTypes(String dbms) implements ColumnTypes {

  private static final Set<String> FIXED = Set.of("character", "char", "bpchar");

  @Override
  public boolean fits(String expected, String actual) {
    SqlType needed = SqlType.of(expected);
    SqlType found = SqlType.of(actual);
    if (needed.equals(found)) {
      return true;
    }
    TypeFamily family = TypeFamily.of(needed);
    return needed.dimensions() == found.dimensions()
        && family == TypeFamily.of(found)
        && holdsAll(family, needed, found);
  }

  private boolean holdsAll(TypeFamily family, SqlType needed, SqlType found) {
    return switch (family) {
      case EXACT_NUMBER -> ExactRange.of(found).contains(ExactRange.of(needed));
      case APPROXIMATE_NUMBER -> holdsBits(needed, found);
      case TEXT ->
          // A type of fixed length adds blanks to a value that had none.
          (FIXED.contains(needed.name()) || !FIXED.contains(found.name()))
              && Length.of(found, isMySql()).holds(Length.of(needed, isMySql()));
      case BINARY -> Length.of(found, isMySql()).holds(Length.of(needed, isMySql()));
      case TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE, DATETIME ->
          fraction(family, found) >= fraction(family, needed);
      case LISTED_VALUES ->
          needed.name().equals(found.name()) && found.parameters().containsAll(needed.parameters());
      case BOOLEAN, DATE -> true;
      case OTHER -> isWider(needed, found);
    };
  }

  private boolean holdsBits(SqlType needed, SqlType found) {
    boolean negative = needed.name().endsWith(" unsigned") || !found.name().endsWith(" unsigned");
    return negative && bits(found) >= bits(needed);
  }

  private int bits(SqlType type) {
    return switch (type.name()) {
      case "real" -> 24;
      case "float4" -> 24;
      case "float", "float unsigned" -> type.number(0, isMySql() ? 24 : 53) <= 24 ? 24 : 53;
      default -> 53;
    };
  }

  private boolean isMySql() {
    return dbms.equals("mysql") || dbms.equals("mariadb");
  }

  /** Returns the digits of a second's fraction. */
  private long fraction(TypeFamily family, SqlType type) {
    boolean time = family == TypeFamily.TIME || family == TypeFamily.TIME_WITH_ZONE;
    boolean whole = isMySql() || (time && !dbms.equals("postgresql"));
    return type.number(0, whole ? 0 : 6);
  }

  /** Returns whether a type of a name that this class does not know has at least the parameters. */
  private boolean isWider(SqlType needed, SqlType found) {
    if (!needed.name().equals(found.name())) {
      return false;
    }
    if (found.parameters().isEmpty() || needed.parameters().size() != found.parameters().size()) {
      return found.parameters().isEmpty() && !isExact(found);
    }
    for (int i = 0; i < found.parameters().size(); i++) {
      long wanted = needed.number(i, Long.MAX_VALUE);
      long has = found.number(i, Long.MIN_VALUE);
      if (isExact(found) ? has != wanted : has < wanted) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the type takes only values of exactly its length: PostgreSQL's BIT. */
  private boolean isExact(SqlType type) {
    return type.name().equals("bit") && dbms.equals("postgresql");
  }
}
