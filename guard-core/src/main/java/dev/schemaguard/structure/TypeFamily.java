// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.List;

/**
 * The types that hold the same kind of value, by the names that the catalogs of the supported
 * products give them. docs/reference/schema-file.md has them as a table.
 */
enum TypeFamily {
  /** Integers and decimal numbers, by range and decimal places. */
  EXACT_NUMBER(
      "exact number",
      "tinyint",
      "smallint",
      "mediumint",
      "int",
      "integer",
      "bigint",
      "numeric",
      "decimal",
      "tinyint unsigned",
      "smallint unsigned",
      "mediumint unsigned",
      "int unsigned",
      "bigint unsigned",
      "decimal unsigned"),
  /** Numbers of limited precision, by their bits. */
  APPROXIMATE_NUMBER(
      "approximate number",
      "real",
      "float",
      "double",
      "double precision",
      "float unsigned",
      "double unsigned"),
  /** Text, by its length. */
  TEXT(
      "text",
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
      "bytes",
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
  BOOLEAN("boolean", "boolean"),
  /** Dates. */
  DATE("date", "date"),
  /** Times of day, by the digits of a second. */
  TIME("time", "time", "time without time zone"),
  /** Times of day with a zone. */
  TIME_WITH_ZONE("time with zone", "time with time zone"),
  /** Dates with a time of day, by the digits of a second. */
  TIMESTAMP("timestamp", "timestamp", "timestamp without time zone"),
  /** MySQL's DATETIME, which has another range than its TIMESTAMP. */
  DATETIME("datetime", "datetime"),
  /** Moments, by the digits of a second. */
  TIMESTAMP_WITH_ZONE("timestamp with zone", "timestamp with time zone"),
  /** One or several of the values that the type lists, also an enum of PostgreSQL. */
  LISTED_VALUES("listed values", "enum", "set"),
  /** Any other type, by its name: UUID, JSON, an interval. */
  OTHER("any other");

  private final String label;
  private final List<String> names;

  TypeFamily(String label, String... names) {
    this.label = label;
    this.names = List.of(names);
  }

  static TypeFamily of(SqlType type) {
    if (type.listsValues()) {
      return LISTED_VALUES;
    }
    for (TypeFamily family : values()) {
      if (family.names.contains(type.name())) {
        return family;
      }
    }
    return OTHER;
  }

  /** Returns what the documentation calls it. */
  String label() {
    return label;
  }

  /** Returns the names of its types. */
  List<String> names() {
    return names;
  }
}
