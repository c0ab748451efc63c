// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlScriptTest {

  private static RevisionImpact impact(String sql) {
    return RevisionImpact.of("0001", new SqlScript(sql).changes());
  }

  @Nested
  class AnOlderVersionDoesNotNotice {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "CREATE TABLE customers (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE)",
          "CREATE TABLE IF NOT EXISTS `orders` (`id` int AUTO_INCREMENT, KEY k (`id`)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4",
          "CREATE TABLE lines (id int, order_id int REFERENCES orders (id) ON DELETE CASCADE)",
          "CREATE TABLE lines (id int, o int, FOREIGN KEY (o) REFERENCES orders (id) ON DELETE SET NULL)",
          "ALTER TABLE orders ADD COLUMN note text",
          "ALTER TABLE orders ADD note varchar(20) NULL AFTER state",
          "ALTER TABLE orders ADD COLUMN IF NOT EXISTS note text",
          "ALTER TABLE orders ADD COLUMN state varchar(20) NOT NULL DEFAULT 'new', ADD COLUMN n int",
          "ALTER TABLE orders ADD COLUMN at timestamp with time zone DEFAULT now() NOT NULL",
          "ALTER TABLE orders ADD COLUMN tags text[] DEFAULT '{}'::text[] NOT NULL",
          "ALTER TABLE orders ADD COLUMN state enum('a','b') NOT NULL DEFAULT 'a'",
          "ALTER TABLE orders ADD COLUMN number bigserial NOT NULL",
          "ALTER TABLE `orders` ADD COLUMN `c` varchar(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin COMMENT 'x'",
          "ALTER TABLE orders ADD KEY by_state (state)",
          "ALTER TABLE orders ADD COLUMN n int, ALGORITHM=INPLACE, LOCK=NONE",
          "ALTER TABLE orders ADD at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
          "ALTER TABLE orders ADD at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
          "ALTER TABLE orders ADD COLUMN rate decimal(4, 2) NOT NULL DEFAULT -1.5",
          "ALTER TABLE orders ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid()",
          "ALTER TABLE orders ADD COLUMN meta jsonb NOT NULL DEFAULT '{}'::jsonb",
          "CREATE INDEX by_state ON orders (state, created_at DESC)",
          "CREATE INDEX CONCURRENTLY IF NOT EXISTS by_state ON orders USING gin (state)",
          "CREATE INDEX by_name ON orders (name(10))",
          "CREATE VIEW open_orders AS SELECT id FROM orders WHERE state = 'new'",
          "CREATE SEQUENCE order_numbers START WITH 5 INCREMENT BY 50",
          "CREATE SEQUENCE IF NOT EXISTS order_numbers START WITH 5",
          "CREATE SCHEMA billing",
          "CREATE TYPE mood AS ENUM ('sad', 'happy')",
          "CREATE DOMAIN amount AS numeric CHECK (VALUE > 0)",
          "ALTER TABLE orders ADD COLUMN l int REFERENCES lines (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED",
          "ALTER TABLE orders ADD COLUMN l int; ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (l) REFERENCES lines (id) ON DELETE SET NULL NOT VALID; ALTER TABLE orders VALIDATE CONSTRAINT f",
          "ALTER TABLE IF EXISTS ONLY public.\"orders\" VALIDATE CONSTRAINT c",
          "COMMENT ON INDEX by_state IS 'it''s; x'",
          "COMMENT ON CONSTRAINT c ON orders IS NULL",
          "COMMENT ON MATERIALIZED VIEW billing.totals IS 'x'",
          "COMMENT ON TABLE orders IS 'x; y'",
          "GRANT SELECT ON orders TO reporting",
          "BEGIN; SET LOCAL lock_timeout = '5s'; ALTER TABLE orders ADD COLUMN note text; COMMIT;",
          "-- drop table orders;\n/* drop table lines; */ ALTER TABLE orders ADD COLUMN note text",
          ""
        })
    void of(String sql) {
      assertThat(impact(sql)).returns(Impact.EXPAND, RevisionImpact::impact);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "CREATE TABLE a (id int); CREATE UNIQUE INDEX u ON a (id); ALTER TABLE a ADD b int NOT NULL",
          "CREATE TABLE a (id int); INSERT INTO a (id) VALUES (1); UPDATE a SET id = 2",
          "CREATE TABLE a (id int); ALTER TABLE a ADD CONSTRAINT c CHECK (id > 0); DROP TABLE a",
          "CREATE TABLE a (id int); CREATE TABLE b (a_id int REFERENCES a (id))",
          "CREATE TABLE a (id int, parent int REFERENCES a (id))",
          "ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1; CREATE INDEX i ON a (b)",
          "ALTER TABLE a ADD COLUMN b int DEFAULT 1; ALTER TABLE a ALTER COLUMN b SET NOT NULL",
          "ALTER TABLE a ADD COLUMN b int; ALTER TABLE a ALTER COLUMN b TYPE text",
          "ALTER TABLE a ADD COLUMN b int; ALTER TABLE a DROP COLUMN b",
          "ALTER TABLE a ADD COLUMN b int REFERENCES c (id) ON DELETE SET NULL"
        })
    void ofWhatTheMigrationCreatesItself(String sql) {
      assertThat(impact(sql)).returns(Impact.EXPAND, RevisionImpact::impact);
    }
  }

  @Nested
  class AnOlderVersionBreaks {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            DROP TABLE orders                                       | drops table orders
            DROP TABLE IF EXISTS orders CASCADE                     | drops table orders
            DROP TABLE a, orders                                    | drops table orders
            CREATE OR REPLACE TABLE orders (id int)                 | drops table orders
            DROP VIEW open_orders                                   | drops view open_orders
            DROP MATERIALIZED VIEW open_orders                      | open_orders
            DROP SEQUENCE order_numbers                             | order_numbers
            DROP FUNCTION f(int)                                    | routine: f
            DROP SCHEMA billing CASCADE                             | billing
            ALTER TABLE orders DROP COLUMN legacy                   | drops column orders.legacy
            ALTER TABLE orders DROP legacy                          | drops column orders.legacy
            ALTER TABLE IF EXISTS orders DROP COLUMN IF EXISTS legacy CASCADE | drops column orders.legacy
            ALTER TABLE orders ADD COLUMN a int, DROP COLUMN b      | drops column orders.b
            ALTER TABLE orders RENAME COLUMN a TO b                 | renames column orders.a
            ALTER TABLE orders RENAME a TO b                        | renames column orders.a
            ALTER TABLE orders RENAME TO requests                   | renames table orders
            RENAME TABLE orders TO requests                         | renames table orders
            ALTER TABLE orders CHANGE COLUMN a b varchar(20)        | renames column orders.a
            ALTER TABLE orders CHANGE COLUMN a a varchar(20)        | defines column orders.a anew
            ALTER TABLE orders MODIFY COLUMN a varchar(20) NOT NULL | defines column orders.a anew
            ALTER TABLE orders ALTER COLUMN a TYPE text             | changes the type of orders.a
            ALTER TABLE orders ALTER COLUMN a SET DATA TYPE text    | changes the type of orders.a
            ALTER TABLE orders ALTER a SET DATA TYPE text USING a::text | changes the type of orders.a
            ALTER TABLE orders ALTER COLUMN a TYPE int USING (a::int), ADD b int | changes the type of orders.a
            ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0) NOT VALID | restricts orders
            ALTER TABLE orders ADD CONSTRAINT c CHECK (NOT valid)   | restricts orders
            ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id) DEFERRABLE INITIALLY DEFERRED NOT VALID | ties existing orders.a to b
            ALTER TABLE orders ADD CONSTRAINT u UNIQUE (a) NOT DEFERRABLE, ADD n int | makes orders.a unique
            ALTER TABLE orders ALTER COLUMN a SET NOT NULL          | requires a value in orders.a
            ALTER TABLE orders ALTER a SET NOT NULL                 | requires a value in orders.a
            ALTER TABLE orders ADD a int NOT NULL                   | adds column orders.a, not null
            ALTER TABLE orders ADD a int DEFAULT NULL NOT NULL      | adds column orders.a, not null
            ALTER TABLE orders ADD a int DEFAULT (NULL) NOT NULL    | adds column orders.a, not null
            ALTER TABLE orders ADD a int NOT NULL DEFAULT NULL::int | adds column orders.a, not null
            ALTER TABLE orders ADD (a int, b int NOT NULL)          | adds column orders.b, not null
            ALTER TABLE orders ADD a int CONSTRAINT n NOT NULL      | adds column orders.a, not null
            ALTER TABLE orders ADD a int DEFAULT 1 UNIQUE           | makes orders.a unique
            ALTER TABLE orders ADD CONSTRAINT u UNIQUE (a, b)       | makes orders (a, b) unique
            ALTER TABLE orders ADD UNIQUE KEY u (a)                 | makes orders.a unique
            CREATE UNIQUE INDEX CONCURRENTLY u ON orders (a) WHERE b | makes orders.a unique
            ALTER TABLE orders ADD PRIMARY KEY (id)                 | makes orders.id the primary key
            ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES b (id) ON DELETE CASCADE | ties existing orders.a to b
            ALTER TABLE orders ADD CONSTRAINT c CHECK (a > 0)       | restricts orders
            ALTER TABLE orders DROP PRIMARY KEY                     | lets values of orders repeat
            REVOKE SELECT ON orders FROM app                        | takes a right away
            """)
    void of(String sql, String reason) {
      RevisionImpact impact = impact(sql);
      assertThat(impact.impact()).isEqualTo(Impact.CONTRACT);
      assertThat(impact.reasons()).anyMatch(shown -> shown.contains(reason));
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "ALTER TABLE a ADD COLUMN b int; UPDATE a SET b = 1; ALTER TABLE a ALTER COLUMN b SET NOT NULL",
          "ALTER TABLE a ADD COLUMN b int DEFAULT 1 NOT NULL; ALTER TABLE a ALTER COLUMN b DROP DEFAULT",
          "ALTER TABLE a ADD COLUMN b int; ALTER TABLE a MODIFY COLUMN b int NOT NULL",
          "ALTER TABLE a ADD COLUMN b int DEFAULT 1; CREATE UNIQUE INDEX u ON a (b)",
          "ALTER TABLE a ADD COLUMN IF NOT EXISTS b int; ALTER TABLE a DROP COLUMN b",
          "CREATE TABLE a (id int); ALTER TABLE other.a DROP COLUMN b",
          "CREATE TABLE \"A\" (id int); ALTER TABLE a DROP COLUMN b",
          "CREATE TABLE a (id int); DROP TABLE a; DROP TABLE a",
          "CREATE TABLE \"a TYPE\" (id int); ALTER TABLE \"a SET DATA TYPE\" DROP COLUMN b",
          "ALTER TABLE a RENAME TO a_old; CREATE TABLE a (id int)"
        })
    void alsoWhereSomethingNewIsMeantInPart(String sql) {
      assertThat(impact(sql)).returns(Impact.CONTRACT, RevisionImpact::impact);
    }

    @Test
    void alsoBetweenWhatCannotBeParsed() {
      RevisionImpact impact = impact("FOO BAR; ALTER TABLE orders DROP COLUMN legacy; DO $$ x $$");

      assertThat(impact.impact()).isEqualTo(Impact.CONTRACT);
    }
  }

  @Nested
  class NobodyCanTell {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "INSERT INTO states (name) VALUES ('new')",
          "UPDATE orders SET state = 'new'",
          "UPDATE a, b SET a.x = 1",
          "DELETE FROM orders WHERE state = 'old'",
          "TRUNCATE TABLE orders",
          "MERGE INTO a USING b ON (a.id = b.id) WHEN MATCHED THEN UPDATE SET x = 1",
          "ALTER TABLE a ALTER COLUMN b DROP NOT NULL",
          "ALTER TABLE a ALTER COLUMN b SET DEFAULT 5",
          "ALTER TABLE a ALTER COLUMN b DROP DEFAULT",
          "ALTER TABLE a DROP CONSTRAINT c",
          "ALTER TABLE a DROP FOREIGN KEY f",
          "ALTER TABLE a DROP FOREIGN KEY IF EXISTS f, ADD COLUMN b int",
          "ALTER TABLE a DROP CHECK c",
          "ALTER TABLE a ADD COLUMN b text DEFAULT 'x' || ' NOT VALID'",
          "ALTER TABLE a VALIDATE CONSTRAINT c, FOO BAR",
          "ALTER TYPE mood RENAME VALUE 'sad' TO 'blue'",
          "CREATE OR REPLACE TYPE mood AS OBJECT (a int)",
          "CREATE EXTENSION IF NOT EXISTS pgcrypto",
          "COMMENT ON INDEX i IS 'x' FOO",
          "DROP INDEX CONCURRENTLY IF EXISTS i",
          "ALTER TABLE a DROP INDEX i",
          "ALTER TABLE a RENAME INDEX i TO j",
          "ALTER TABLE a ADD COLUMN b int CHECK (b > 0)",
          "ALTER TABLE a ADD COLUMN b int REFERENCES c (id)",
          "ALTER TABLE a ADD COLUMN b int UNIQUE",
          "ALTER TABLE a ADD COLUMN b int FOO BAR",
          "ALTER TABLE a ADD COLUMN b int DEFAULT coalesce(f(1), 2)",
          "ALTER TABLE a ADD COLUMN b int DEFAULT 1 + 2",
          "ALTER TABLE a ADD COLUMN b int GENERATED ALWAYS AS (c / d) STORED",
          "ALTER TABLE a OWNER TO b",
          "ALTER TABLE a ENABLE ROW LEVEL SECURITY",
          "ALTER TABLE a ATTACH PARTITION b FOR VALUES IN (1)",
          "CREATE TABLE a (id int, b int REFERENCES b (id))",
          "CREATE TABLE a PARTITION OF b FOR VALUES FROM (1) TO (2)",
          "CREATE TABLE a (id int) INHERITS (b)",
          "CREATE TABLE IF NOT EXISTS a (id int); ALTER TABLE a DROP COLUMN b",
          "CREATE INDEX i ON a (lower(b))",
          "CREATE INDEX i ON a ((b->>'x'))",
          "CREATE OR REPLACE VIEW v AS SELECT 1",
          "DROP INDEX i",
          "ALTER SEQUENCE s INCREMENT BY 5",
          "ALTER TYPE mood ADD VALUE 'happy'",
          "CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql",
          "CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()",
          "CREATE POLICY p ON a USING (true)",
          "DO $$ BEGIN DROP TABLE a; END $$",
          "CALL p()",
          "SELECT setval('s', 10)",
          "SET search_path = x",
          "WITH x AS (DELETE FROM a RETURNING *) SELECT * FROM x",
          "CREATE TABLE n (id int); WITH x AS (DELETE FROM a RETURNING *) INSERT INTO n SELECT * FROM x",
          "EXEC sp_rename 'a', 'b'",
          "ALTER TABLE a ADD COLUMN ${column} int; ${more}"
        })
    void of(String sql) {
      RevisionImpact impact = impact(sql);
      assertThat(impact.impact()).isEqualTo(Impact.UNCLEAR);
      assertThat(impact.reasons()).isNotEmpty().doesNotContain("");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "ALTER TABLE a DROP FOREIGN KEY f | drops a foreign key or other constraint of a;",
          "ALTER TABLE a DROP CHECK c | drops a foreign key or other constraint of a;",
          "DROP INDEX CONCURRENTLY IF EXISTS i | drops index i;",
          "DROP INDEX CONCURRENTLY i | drops index i;",
          "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'happy' AFTER 'sad' | adds a value to a type:",
          "CREATE EXTENSION pgcrypto WITH SCHEMA public | brings or runs code: CREATE EXTENSION",
          "DO $$ BEGIN ALTER TABLE a ADD b int NOT VALID; END $$ | could not be parsed: DO $$ BEGIN"
        })
    void andTheReasonSaysWhichRule(String sql, String reason) {
      RevisionImpact impact = impact(sql);
      assertThat(impact.impact()).isEqualTo(Impact.UNCLEAR);
      assertThat(impact.reasons()).singleElement().asString().startsWith(reason);
    }

    @Test
    void whetherNullsMayRepeat() {
      assertThat(
              impact("ALTER TABLE a ADD COLUMN b int; CREATE UNIQUE INDEX u ON a (id, b)")
                  .reasons())
          .singleElement()
          .asString()
          .startsWith("makes a (id, b) unique, with a column that it adds itself");
    }
  }

  /** Ways to hide a statement from a parser of scripts, each executed by some database. */
  @Nested
  class NothingCanBeHidden {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "CREATE TABLE a (id int)\n\n\nDROP TABLE b",
          "CREATE TABLE a (id int)\nGO\nDROP TABLE b",
          "CREATE TABLE a (id int)\n/\nDROP TABLE b",
          "DELIMITER //\nDROP TABLE b//\nDELIMITER ;",
          "/*! DROP TABLE b */; CREATE TABLE a (id int)",
          "/*!50100 DROP TABLE b */; CREATE TABLE a (id int)",
          "/*M! DROP TABLE b */; CREATE TABLE a (id int)",
          "/* /* */ DROP TABLE b; -- */",
          "CREATE TABLE a (id int) /* DROP TABLE b",
          "CREATE TABLE a (id int DEFAULT 5--1); DROP TABLE b",
          "COMMENT ON TABLE a IS 'x\\''; DROP TABLE b; -- '",
          "CREATE TABLE a (id int) ENGINE=InnoDB#'\n; DROP TABLE b; #'",
          "CREATE TABLE a (id int); 'DROP TABLE b",
          "CREATE SEQUENCE IF NOT EXISTS s\nGO\nDROP TABLE b",
          "CREATE SEQUENCE IF NOT EXISTS s\n\n\nDROP TABLE b",
          "ALTER TABLE a VALIDATE CONSTRAINT c\nGO\nDROP TABLE b",
          "COMMENT ON INDEX i IS 'x'\nGO\nDROP TABLE b"
        })
    void behindWhatDatabasesReadDifferently(String sql) {
      assertThat(impact(sql)).doesNotReturn(Impact.EXPAND, RevisionImpact::impact);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '~',
        value = {
          "COMMENT ON TABLE a IS 'x\\'' | a backslash before a quote",
          "CREATE TABLE a (id int) # x | # is a comment to some",
          "CREATE TABLE a (id int) /* x | where the comment ends",
          "CREATE TABLE a (id int) /* /* */ | where the comment ends",
          "/*! DROP TABLE b */ | MySQL and MariaDB execute the comment /*! DROP TABLE b",
          "CREATE TABLE a (id int) 'x | a quotation has no end: 'x"
        })
    void andTheReasonSaysWhy(String sql, String doubt) {
      assertThat(impact(sql).reasons())
          .anyMatch(reason -> reason.startsWith("could not be parsed: " + doubt));
    }

    static Stream<String> garbage() {
      Random random = new Random(20261122);
      String[] words = {
        "CREATE", "TABLE", "ALTER", "ADD", "COLUMN", "DROP", "IF", "EXISTS", "a", "b", "int", "(",
        ")", ",", "'x'", "\"y\"", "$$", "NOT", "NULL", "INDEX", "ON", "UNIQUE", "\\", "{", "§",
        "FROM"
      };
      return IntStream.range(0, 400)
          .mapToObj(
              i ->
                  random
                      .ints(3 + random.nextInt(9), 0, words.length)
                      .mapToObj(w -> words[w])
                      .reduce("§", (x, y) -> x + " " + y));
    }

    @Test
    void byGarbage() {
      assertThat(garbage())
          .allSatisfy(sql -> assertThat(impact(sql).impact()).isNotEqualTo(Impact.EXPAND));
    }

    static Stream<String> harmful() {
      return Stream.of(
          "DROP TABLE b",
          "ALTER TABLE b DROP COLUMN c",
          "ALTER TABLE b ALTER COLUMN c SET NOT NULL",
          "CREATE UNIQUE INDEX u ON b (c)");
    }

    @ParameterizedTest
    @MethodSource("harmful")
    void byWhatStandsAroundIt(String harmful) {
      for (String around :
          new String[] {
            "CREATE TABLE a (id int); %s;",
            "%s; CREATE TABLE a (id int)",
            "-- it's\n%s\n-- isn't",
            "BEGIN; %s; COMMIT;",
            "COMMENT ON TABLE a IS 'it''s; '; %s",
            "CREATE FUNCTION f() RETURNS int AS $x$ ; $x$ LANGUAGE sql; %s"
          }) {
        assertThat(impact(String.format(around, harmful)))
            .as(around)
            .returns(Impact.CONTRACT, RevisionImpact::impact);
      }
    }
  }

  @Test
  void aStatementThatHoldsALoadOfDataIsNotParsed() {
    String rows = "(1, 'x'), ".repeat(20_000);

    assertThat(
            impact("CREATE TABLE a (id int); INSERT INTO a VALUES " + rows + "(2, 'y')").reasons())
        .singleElement()
        .asString()
        .startsWith("could not be parsed: INSERT INTO a VALUES (1, 'x')");
  }

  @Test
  void whatIsNotParsedIsNamedInShort() {
    assertThat(impact("DO $$ BEGIN\n  PERFORM " + "x".repeat(100) + "; END $$").reasons())
        .singleElement()
        .asString()
        .startsWith("could not be parsed: DO $$ BEGIN PERFORM xxx")
        .endsWith("…")
        .hasSizeLessThan(90);
  }
}
