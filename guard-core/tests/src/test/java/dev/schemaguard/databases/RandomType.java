// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import java.util.List;

/**
 * A type that a random column may have.
 *
 * @param sql how CREATE TABLE names it
 * @param greatest the literal of its greatest or longest value
 * @param least the literal of its least or shortest value
 * @param short1 whether every value fits into an index
 * @param integer whether a number may be assigned to it by the database
 */
record RandomType(String sql, String greatest, String least, boolean short1, boolean integer) {

  private static RandomType number(String sql, String greatest, String least) {
    return new RandomType(sql, greatest, least, true, true);
  }

  private static RandomType of(String sql, String greatest, String least) {
    return new RandomType(sql, greatest, least, true, false);
  }

  private static RandomType text(String sql, int length, boolean indexed) {
    String least = sql.startsWith("char") ? "''" : "' '";
    return new RandomType(sql, "'" + "z".repeat(length) + "'", least, indexed, false);
  }

  /** Types of PostgreSQL; the domains and the enum are those of {@link RandomTables}. */
  static final List<RandomType> POSTGRES =
      List.of(
          number("smallint", "32767", "'-32768'"),
          number("integer", "2147483647", "'-2147483648'"),
          number("bigint", "9223372036854775807", "'-9223372036854775808'"),
          of("numeric(5,0)", "99999", "-99999"),
          of("numeric(10,0)", "9999999999", "-9999999999"),
          of("numeric(10,2)", "99999999.99", "-99999999.99"),
          of("numeric(12,4)", "99999999.9999", "-99999999.9999"),
          of("numeric(2,4)", "0.0099", "-0.0099"),
          of("numeric(4,4)", "0.9999", "-0.9999"),
          of("numeric", "1" + "0".repeat(60) + ".25", "-1e-40"),
          of("real", "'3.4e38'", "'-1e-37'"),
          of("double precision", "'1.7e308'", "'-1e-307'"),
          text("char(3)", 3, true),
          text("char(5)", 5, true),
          text("varchar(3)", 3, true),
          text("varchar(40)", 40, true),
          text("text", 20_000, false),
          text("varchar", 20_000, false),
          of("bytea", "'\\xffff'", "''"),
          of("boolean", "true", "false"),
          of("date", "'5874897-12-31'", "'4713-01-01 BC'"),
          of("time", "'24:00:00'", "'00:00:00.000001'"),
          of("time(0)", "'24:00:00'", "'00:00:00'"),
          of("timestamp", "'294276-12-31 23:59:59.999999'", "'4713-01-01 BC'"),
          of("timestamp(0)", "'294276-12-31 23:59:59'", "'4713-01-01 BC'"),
          of("timestamptz", "'294276-12-31 23:59:59.999999+00'", "'4713-01-02 00:00:00+00 BC'"),
          of("interval", "'178000000 years'", "'-178000000 years'"),
          of("interval(0)", "'1 second'", "'-1 second'"),
          of("uuid", "'ffffffff-ffff-ffff-ffff-ffffffffffff'", "'" + "0".repeat(32) + "'"),
          new RandomType("json", "'{\"a\": [1]}'", "'null'", false, false),
          new RandomType("jsonb", "'{\"a\": [1]}'", "'null'", false, false),
          of("bit(3)", "B'111'", "B'000'"),
          of("bit varying(5)", "B'11111'", "B''"),
          of("integer[]", "'{2147483647}'", "'{}'"),
          of("bigint[]", "'{9223372036854775807}'", "'{}'"),
          of("varchar(3)[]", "'{zzz}'", "'{}'"),
          of("state", "'last'", "'first'"),
          of("state[]", "'{first,last}'", "'{}'"),
          text("short_text", 3, true),
          of("needed", "9999.99", "-9999.99"));

  /** Types of MySQL and MariaDB. */
  static final List<RandomType> MYSQL =
      List.of(
          number("tinyint", "127", "-128"),
          of("tinyint(1)", "127", "-128"),
          number("smallint", "32767", "-32768"),
          number("mediumint", "8388607", "-8388608"),
          number("int", "2147483647", "-2147483648"),
          number("bigint", "9223372036854775807", "-9223372036854775808"),
          number("int unsigned", "4294967295", "0"),
          number("bigint unsigned", "18446744073709551615", "0"),
          of("decimal(5,0)", "99999", "-99999"),
          of("decimal(10,0)", "9999999999", "-9999999999"),
          of("decimal(20,0)", "99999999999999999999", "-99999999999999999999"),
          of("decimal(10,2)", "99999999.99", "-99999999.99"),
          of("decimal(12,4)", "99999999.9999", "-99999999.9999"),
          of("decimal(10,2) unsigned", "99999999.99", "0"),
          of("float", "3.4e38", "-3.4e38"),
          of("float(7,2)", "99999.99", "-99999.99"),
          of("double", "1.7e308", "-1.7e308"),
          of("double(10,2)", "99999999.99", "-99999999.99"),
          text("char(3)", 3, true),
          text("varchar(3)", 3, true),
          text("varchar(40)", 40, true),
          text("varchar(300)", 300, false),
          text("varchar(4000)", 4_000, false),
          text("tinytext", 255, false),
          text("text", 65_535, false),
          text("mediumtext", 70_000, false),
          of("binary(3)", "X'ffffff'", "X'000000'"),
          of("varbinary(3)", "X'ffffff'", "X''"),
          new RandomType("tinyblob", "X'" + "ff".repeat(255) + "'", "X''", false, false),
          new RandomType("blob", "X'" + "ff".repeat(65_535) + "'", "X''", false, false),
          of("date", "'9999-12-31'", "'1000-01-01'"),
          of("time", "'838:59:59'", "'-838:59:59'"),
          of("time(3)", "'838:59:58.999'", "'-838:59:58.999'"),
          of("datetime", "'9999-12-31 23:59:59'", "'1000-01-01'"),
          of("datetime(6)", "'9999-12-31 23:59:59.999999'", "'1000-01-01'"),
          of("timestamp", "'2038-01-01 00:00:00'", "'1970-01-02'"),
          of("year", "2155", "1901"),
          of("enum('a','b')", "'b'", "'a'"),
          of("enum('a','b','c')", "'c'", "'a'"),
          of("set('a','b')", "'a,b'", "''"),
          of("bit(3)", "b'111'", "b'0'"),
          of("bit(8)", "b'11111111'", "b'0'"));
}
