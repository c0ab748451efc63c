// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

/**
 * How long a value may be. The types of MySQL that count bytes hold between a quarter and all of
 * that number of characters.
 *
 * @param least the characters, or bytes, that always fit
 * @param most the characters, or bytes, that may fit
 */
record Length(long least, long most) {

  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final int BYTES_OF_A_CHARACTER = 4;

  /** The length of Derby's LONG VARCHAR. */
  private static final long LONG = 32_700;

  /**
   * Returns the length of a type.
   *
   * @param mySql whether the product is MySQL or MariaDB, whose TEXT and BLOB are short
   */
  static Length of(SqlType type, boolean mySql) {
    return switch (type.name()) {
      case "text" -> mySql ? ofBytes(0xFFFF) : exactly(UNLIMITED);
      case "blob" -> exactly(mySql ? 0xFFFF : type.number(0, UNLIMITED));
      case "tinytext" -> ofBytes(0xFF);
      case "mediumtext" -> ofBytes(0xFF_FFFF);
      case "longtext" -> ofBytes(0xFFFF_FFFFL);
      case "tinyblob" -> exactly(0xFF);
      case "mediumblob" -> exactly(0xFF_FFFF);
      case "longblob" -> exactly(0xFFFF_FFFFL);
      case "long varchar", "long varchar for bit data" -> exactly(LONG);
      case "character", "char", "binary", "char for bit data" -> exactly(type.number(0, 1));
      default -> exactly(type.number(0, UNLIMITED));
    };
  }

  private static Length ofBytes(long bytes) {
    return new Length(bytes / BYTES_OF_A_CHARACTER, bytes);
  }

  private static Length exactly(long length) {
    return new Length(length, length);
  }

  /**
   * Returns whether every value of a type with the other length fits into a type with this one. Two
   * types that count bytes have the same unit.
   */
  boolean holds(Length other) {
    boolean bothCountBytes = least < most && other.least < other.most;
    return (bothCountBytes ? most : least) >= other.most;
  }
}
