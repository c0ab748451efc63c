// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a type holds.
 *
 * @param least the least whole number; null means that there is no limit
 * @param most the greatest whole number; null means that there is no limit
 * @param decimals how many decimal places it keeps
 */
record ExactRange(@Nullable BigInteger least, @Nullable BigInteger most, long decimals) {

  /** More digits make no difference: H2 declares a hundred thousand. */
  private static final int MOST_DIGITS = 1_000;

  private static final ExactRange ALL = new ExactRange(null, null, Long.MAX_VALUE);

  static ExactRange of(SqlType type) {
    boolean unsigned = type.name().endsWith(" unsigned");
    String name = unsigned ? type.name().substring(0, type.name().indexOf(' ')) : type.name();
    int bits =
        switch (name) {
          case "tinyint", "int1" -> 8;
          case "smallint", "int2" -> 16;
          case "mediumint", "int3" -> 24;
          case "integer", "int", "int4" -> 32;
          case "bigint", "int8" -> 64;
          default -> 0;
        };
    return bits > 0 ? ofBits(bits, unsigned) : ofDigits(type, unsigned);
  }

  private static ExactRange ofBits(int bits, boolean unsigned) {
    BigInteger end = BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1);
    return new ExactRange(
        unsigned ? BigInteger.ZERO : end.negate(), end.subtract(BigInteger.ONE), 0);
  }

  private static ExactRange ofDigits(SqlType type, boolean unsigned) {
    if (type.parameters().isEmpty()) {
      return ALL;
    }
    long decimals = type.number(1, 0);
    int digits = (int) Math.min(MOST_DIGITS, Math.max(0, type.number(0, 0) - decimals));
    BigInteger most = BigInteger.TEN.pow(digits).subtract(BigInteger.ONE);
    return new ExactRange(unsigned ? BigInteger.ZERO : most.negate(), most, decimals);
  }

  /** Returns whether every number of the other type is one of this type. */
  boolean contains(ExactRange other) {
    boolean low = least == null || (other.least != null && least.compareTo(other.least) <= 0);
    boolean high = most == null || (other.most != null && most.compareTo(other.most) >= 0);
    return low && high && decimals >= other.decimals;
  }
}
