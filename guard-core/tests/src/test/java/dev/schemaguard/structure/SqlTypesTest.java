// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.Document;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlTypesTest {

  /** The type of the file, whether the type of the database fits, and that type. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        // Exact numbers.
        "postgresql | smallint | yes | integer",
        "postgresql | integer | yes | bigint",
        "postgresql | bigint | no | integer",
        "postgresql | integer | yes | numeric(12,0)",
        "postgresql | integer | yes | numeric(10,0)",
        "postgresql | integer | no | numeric(9,0)",
        "postgresql | integer | yes | numeric(12,2)",
        "postgresql | integer | no | numeric(11,2)",
        "postgresql | bigint | yes | numeric",
        "postgresql | numeric | no | bigint",
        "postgresql | numeric(9,0) | yes | integer",
        "postgresql | numeric(10,0) | no | integer",
        "postgresql | numeric(10,2) | yes | numeric(12,2)",
        "postgresql | numeric(10,2) | no | numeric(10,4)",
        "postgresql | numeric(10,2) | yes | numeric(12,4)",
        "postgresql | numeric(10,2) | no | numeric(12,1)",
        "postgresql | numeric(10,2) | no | numeric(8,2)",
        "postgresql | numeric(4,4) | no | numeric(2,4)",
        "postgresql | numeric(2,4) | yes | numeric(4,4)",
        "postgresql | numeric(3,-2) | yes | numeric(5,0)",
        "postgresql | numeric(5,0) | no | numeric(3,-2)",
        "postgresql | numeric(10,2) | yes | numeric",
        "h2 | NUMERIC(100000,0) | no | NUMERIC(10,0)",
        "h2 | NUMERIC(2000,0) | yes | NUMERIC(100000,0)",
        "h2 | NUMERIC(100000,0) | no | NUMERIC(2000,0)",
        "hsqldb | DECIMAL(128) | no | BIGINT",
        "derby | INTEGER | yes | DECIMAL(10,0)",
        "derby | INTEGER | no | DECIMAL(5,0)",
        // Unsigned.
        "mysql | int unsigned | no | int",
        "mysql | int | no | int unsigned",
        "mysql | int unsigned | yes | bigint",
        "mysql | int unsigned | yes | bigint unsigned",
        "mysql | int | no | bigint unsigned",
        "mysql | bigint unsigned | no | bigint",
        "mysql | bigint unsigned | yes | decimal(20,0)",
        "mysql | bigint unsigned | no | decimal(19,0)",
        "mysql | decimal(10,2) unsigned | yes | decimal(10,2)",
        "mysql | decimal(10,2) | no | decimal(10,2) unsigned",
        "mysql | tinyint(1) | yes | tinyint",
        "mysql | tinyint | yes | tinyint(1)",
        "mysql | tinyint(1) | yes | int",
        "mysql | tinyint(1) | no | bit(1)",
        "mysql | mediumint | yes | int",
        // Approximate numbers.
        "postgresql | real | yes | double precision",
        "postgresql | double precision | no | real",
        "postgresql | integer | no | double precision",
        "postgresql | real | no | numeric",
        "mysql | float | yes | double",
        "mysql | double | no | float",
        "mysql | double | no | double(10,2)",
        "mysql | double(10,2) | yes | double(12,2)",
        "mysql | double(10,2) | no | double(10,4)",
        "mysql | float(7,2) | yes | double",
        "mysql | double | no | double unsigned",
        "derby | REAL | yes | DOUBLE",
        // Text.
        "postgresql | character varying(40) | yes | text",
        "postgresql | text | no | character varying(4000)",
        "postgresql | text | yes | character varying",
        "postgresql | character varying(40) | yes | character varying(41)",
        "postgresql | character varying(40) | no | character varying(39)",
        "postgresql | character(5) | yes | character varying(5)",
        "postgresql | character(5) | no | character varying(4)",
        "postgresql | character varying(5) | no | character(5)",
        "postgresql | character(5) | yes | character(6)",
        "postgresql | text | no | bytea",
        "postgresql | text | no | citext",
        "mysql | varchar(255) | yes | text",
        "mysql | varchar(16383) | yes | text",
        "mysql | varchar(16384) | no | text",
        "mysql | text | no | varchar(16383)",
        "mysql | tinytext | yes | varchar(255)",
        "mysql | text | yes | mediumtext",
        "mysql | mediumtext | no | text",
        "mariadb | longtext | no | mediumtext",
        "h2 | CHARACTER VARYING(40) | yes | CHARACTER LARGE OBJECT",
        "h2 | CHARACTER LARGE OBJECT(500) | no | CHARACTER VARYING(40)",
        "derby | VARCHAR(32700) | yes | LONG VARCHAR",
        "derby | VARCHAR(32701) | no | LONG VARCHAR",
        "derby | LONG VARCHAR | yes | CLOB(32700)",
        // Bytes.
        "mysql | binary(16) | yes | varbinary(16)",
        "mysql | varbinary(16) | no | binary(16)",
        "mysql | varbinary(16) | yes | blob",
        "mysql | blob | no | varbinary(16)",
        "mysql | blob | yes | longblob",
        "h2 | BINARY VARYING(20) | yes | BINARY LARGE OBJECT",
        "derby | VARCHAR (20) FOR BIT DATA | no | VARCHAR (10) FOR BIT DATA",
        "derby | CHAR (4) FOR BIT DATA | yes | VARCHAR (4) FOR BIT DATA",
        // Dates and times.
        "postgresql | timestamp without time zone | no | timestamp with time zone",
        "postgresql | timestamp with time zone | no | timestamp without time zone",
        "postgresql | timestamp(3) without time zone | yes | timestamp without time zone",
        "postgresql | timestamp without time zone | no | timestamp(0) without time zone",
        "postgresql | time without time zone | no | time(3) without time zone",
        "postgresql | date | no | timestamp without time zone",
        "mysql | datetime | yes | datetime(6)",
        "mysql | datetime(6) | no | datetime",
        "mysql | datetime | no | timestamp",
        "h2 | TIMESTAMP | yes | TIMESTAMP(9)",
        "h2 | TIME(3) | no | TIME",
        // Listed values.
        "mysql | enum('a','b') | yes | enum('a','b','c')",
        "mysql | enum('a','b','c') | no | enum('a','b')",
        "mysql | enum('a') | no | set('a')",
        "mysql | enum('a,b') | no | enum('a','b')",
        "mysql | enum('(',')') | yes | enum('x','(',')')",
        "mysql | set('a') | yes | set('b','a')",
        "postgresql | state('a','b') | yes | state('b','c','a')",
        "postgresql | state('a','b') | no | state('a')",
        "postgresql | state('a') | no | other('a')",
        "postgresql | \"State\"('a') | no | state('a')",
        "postgresql | state('a')[] | yes | state('a','b')[]",
        "postgresql | state('a')[] | no | state('a')",
        "h2 | ENUM('a') | no | CHARACTER VARYING(10)",
        // Arrays.
        "postgresql | integer[] | yes | bigint[]",
        "postgresql | bigint[] | no | integer[]",
        "postgresql | integer[] | no | integer",
        "h2 | INTEGER ARRAY[5] | yes | INTEGER ARRAY[6]",
        "h2 | INTEGER ARRAY[5] | no | INTEGER ARRAY[4]",
        "hsqldb | INTEGER ARRAY[5] | yes | INTEGER ARRAY",
        "hsqldb | INTEGER ARRAY | no | INTEGER ARRAY[5]",
        // Others, by their names.
        "postgresql | uuid | no | text",
        "postgresql | json | no | jsonb",
        "postgresql | bit(3) | no | bit(4)",
        "postgresql | bit varying(3) | yes | bit varying(4)",
        "postgresql | bit varying(4) | no | bit varying(3)",
        "mysql | bit(3) | yes | bit(4)",
        "postgresql | interval(3) | yes | interval",
        "postgresql | interval | no | interval(3)",
        "hsqldb | INTERVAL DAY(3) TO SECOND(4) | yes | INTERVAL DAY(3) TO SECOND(6)",
        "hsqldb | INTERVAL DAY(3) TO SECOND(4) | no | INTERVAL DAY(3) TO SECOND(3)",
        "postgresql | geometry(Point,4326) | yes | geometry",
        "postgresql | geometry(Point,4326) | no | geometry(Line,4326)",
        "postgresql | boolean | no | integer",
        "h2 | BOOLEAN | yes | BOOLEAN",
        // SQLite, by affinity.
        "sqlite | INTEGER | yes | bigint",
        "sqlite | varchar(40) | yes | text",
        "sqlite | text | yes | varchar(4)",
        "sqlite | text | no | int",
        "sqlite | real | yes | double",
        "sqlite | numeric(10,2) | yes | date",
        "sqlite | integer | no | numeric",
        "sqlite | text | yes | ANY",
        "sqlite | ANY | no | text",
      })
  void aTypeFitsIfItHoldsEveryValueOfTheOther(
      String dbms, String needed, String fits, String found) {
    assertThat(ColumnTypes.of(dbms).fits(needed, found)).isEqualTo(fits.equals("yes"));
  }

  @Test
  void theDocumentedFamiliesAreThoseOfTheCode() {
    List<List<String>> rows =
        Document.of("docs/reference/schema-file.md").tables("family", "types").get(0).rows();

    assertThat(rows.stream().map(row -> row.get(0)))
        .containsExactlyElementsOf(
            Arrays.stream(TypeFamily.values()).map(TypeFamily::label).toList());
    for (TypeFamily family : TypeFamily.values()) {
      if (family != TypeFamily.OTHER) {
        String cell =
            rows.stream()
                .filter(row -> row.get(0).equals(family.label()))
                .findFirst()
                .orElseThrow()
                .get(1);
        Set<String> documented =
            Arrays.stream(cell.split(",", -1))
                .map(name -> name.strip().replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).as(family.label()).isEqualTo(new TreeSet<>(family.names()));
      }
    }
  }
}
