// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.HashMap;
import java.util.Map;

/**
 * The types that hold the same kind of value, by the names that the supported products give them.
 * docs/reference/schema-file.md has them as a table.
 */
enum TypeFamily {
  /** Integers and decimal numbers, by range and decimal places. */
  EXACT_NUMBER(
      "tinyint",
      "int1",
      "smallint",
      "int2",
      "mediumint",
      "int3",
      "integer",
      "int",
      "int4",
      "bigint",
      "int8",
      "tinyint unsigned",
      "smallint unsigned",
      "mediumint unsigned",
      "int unsigned",
      "integer unsigned",
      "bigint unsigned",
      "numeric",
      "decimal",
      "dec",
      "decimal unsigned"),
  /** Numbers of limited precision, by their bits. */
  APPROXIMATE_NUMBER(
      "real",
      "float",
      "float4",
      "double",
      "double precision",
      "float8",
      "float unsigned",
      "double unsigned"),
  /** Text, by its length. */
  TEXT(
      "character",
      "char",
      "bpchar",
      "character varying",
      "varchar",
      "text",
      "tinytext",
      "mediumtext",
      "longtext",
      "clob",
      "character large object",
      "long varchar"),
  /** Bytes, by their number. */
  BINARY(
      "binary",
      "varbinary",
      "binary varying",
      "bytea",
      "blob",
      "tinyblob",
      "mediumblob",
      "longblob",
      "binary large object",
      "char for bit data",
      "varchar for bit data",
      "long varchar for bit data"),
  /** Truth values. */
  BOOLEAN("boolean", "bool"),
  /** Dates. */
  DATE("date"),
  /** Times of day, by the digits of a second. */
  TIME("time", "time without time zone"),
  /** Times of day with a zone. */
  TIME_WITH_ZONE("time with time zone", "timetz"),
  /** Dates with a time of day, by the digits of a second. */
  TIMESTAMP("timestamp", "timestamp without time zone"),
  /** MySQL's DATETIME, which has another range than its TIMESTAMP. */
  DATETIME("datetime"),
  /** Moments. */
  TIMESTAMP_WITH_ZONE("timestamp with time zone", "timestamptz"),
  /** One or several of the values that the type lists. */
  LISTED_VALUES("enum", "set"),
  /** Any other type, by its name: UUID, JSON, an enum or a domain of PostgreSQL. */
  OTHER;

  private static final Map<String, TypeFamily> BY_NAME = new HashMap<>();

  static {
    for (TypeFamily family : values()) {
      for (String name : family.names) {
        BY_NAME.put(name, family);
      }
    }
  }

  private final String[] names;

  TypeFamily(String... names) {
    this.names = names;
  }

  static TypeFamily of(SqlType type) {
    return BY_NAME.getOrDefault(type.name(), OTHER);
  }
}
