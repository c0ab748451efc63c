// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Set;

/**
 * The types of every product but SQLite.
 *
 * @param dbms Liquibase's short name of the product
 */
record SqlTypes(String dbms) implements ColumnTypes {

  /** Types that add blanks or zeros to a shorter value, or remove its blanks. */
  private static final Set<String> FIXED =
      Set.of("character", "char", "bpchar", "binary", "char for bit data");

  private static final int SINGLE = 24;
  private static final int DOUBLE = 53;

  @Override
  public boolean fits(String expected, String actual) {
    return expected.equals(actual) || fitsOtherwise(expected, actual);
  }

  private boolean fitsOtherwise(String expected, String actual) {
    SqlType needed = SqlType.of(expected);
    SqlType found = SqlType.of(actual);
    TypeFamily family = TypeFamily.of(needed);
    return needed.equals(found)
        || (needed.dimensions() == found.dimensions()
            && found.elements() >= needed.elements()
            && family == TypeFamily.of(found)
            && holdsAll(family, needed, found));
  }

  private boolean holdsAll(TypeFamily family, SqlType needed, SqlType found) {
    return switch (family) {
      case EXACT_NUMBER -> ExactRange.of(found).contains(ExactRange.of(needed));
      case APPROXIMATE_NUMBER -> holdsApproximately(needed, found);
      case TEXT, BINARY ->
          (FIXED.contains(needed.name()) || !FIXED.contains(found.name()))
              && Length.of(found, isMySql()).holds(Length.of(needed, isMySql()));
      case TIME, TIME_WITH_ZONE, TIMESTAMP, TIMESTAMP_WITH_ZONE, DATETIME ->
          fraction(family, found) >= fraction(family, needed);
      case LISTED_VALUES ->
          needed.name().equals(found.name()) && found.parameters().containsAll(needed.parameters());
      case BOOLEAN, DATE -> true;
      case OTHER -> isWider(needed, found);
    };
  }

  private boolean holdsApproximately(SqlType needed, SqlType found) {
    boolean signed = needed.name().endsWith(" unsigned") || !found.name().endsWith(" unsigned");
    return signed
        && bits(found) >= bits(needed)
        && (!hasDecimals(found) || isRounded(needed, found));
  }

  private int bits(SqlType type) {
    return switch (type.name()) {
      case "real" -> SINGLE;
      case "float", "float unsigned" -> isMySql() ? SINGLE : DOUBLE;
      default -> DOUBLE;
    };
  }

  /** Returns whether the type rounds to a number of decimals: MySQL's DOUBLE(10,2). */
  private static boolean hasDecimals(SqlType type) {
    return type.parameters().size() == 2;
  }

  /** Returns whether the needed type rounds to as many decimals and has no more digits. */
  private static boolean isRounded(SqlType needed, SqlType found) {
    return hasDecimals(needed) && ExactRange.of(found).contains(ExactRange.of(needed));
  }

  private boolean isMySql() {
    return dbms.equals("mysql") || dbms.equals("mariadb");
  }

  /** Returns the digits of a second's fraction. */
  private long fraction(TypeFamily family, SqlType type) {
    boolean time = family == TypeFamily.TIME || family == TypeFamily.TIME_WITH_ZONE;
    boolean whole = isMySql() || (time && !dbms.equals("postgresql") && !dbms.equals("edb"));
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
      boolean same = needed.parameters().get(i).equals(found.parameters().get(i));
      if (!same && (isExact(found) || has < wanted)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the type takes only values of exactly its length: BIT, but not MySQL's. */
  private boolean isExact(SqlType type) {
    return type.name().equals("bit") && !isMySql();
  }
}
