// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.math.BigInteger;

/**
 * The numbers that a type holds: those from {@code least} to {@code most} with as many decimal
 * places, or those with as many digits before the decimal point.
 *
 * @param bits the bits of an integer; 0 for a type that counts digits
 * @param unsigned whether it holds no negative number
 * @param whole the digits before the decimal point; negative if the first decimal places are 0
 * @param decimals the decimal places; negative if the last whole digits are 0
 */
record ExactRange(int bits, boolean unsigned, long whole, long decimals) {

  private static final long UNLIMITED = Long.MAX_VALUE;

  /** The digits of the greatest integer of any product. */
  private static final int MOST_DIGITS = 20;

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
    if (bits > 0) {
      return new ExactRange(bits, unsigned, 0, 0);
    }
    if (type.parameters().isEmpty()) {
      return new ExactRange(0, unsigned, UNLIMITED, UNLIMITED);
    }
    long decimals = type.number(1, 0);
    return new ExactRange(0, unsigned, type.number(0, 0) - decimals, decimals);
  }

  /** Returns whether every number of the other type is one of this type. */
  boolean contains(ExactRange other) {
    if ((unsigned && !other.unsigned) || decimals < other.decimals) {
      return false;
    }
    return bits == 0 && other.bits == 0
        ? whole >= other.whole
        : most().compareTo(other.most()) >= 0 && least().compareTo(other.least()) <= 0;
  }

  private BigInteger most() {
    return bits > 0
        ? BigInteger.ONE.shiftLeft(unsigned ? bits : bits - 1).subtract(BigInteger.ONE)
        : BigInteger.TEN
            .pow((int) Math.min(MOST_DIGITS, Math.max(0, whole)))
            .subtract(BigInteger.ONE);
  }

  private BigInteger least() {
    if (unsigned) {
      return BigInteger.ZERO;
    }
    return bits > 0 ? most().add(BigInteger.ONE).negate() : most().negate();
  }
}
