// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.schemaguard.testing.TestDatabase;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an older version really meets on a database that a migration has changed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OlderVersionContract {

  private TestDatabase database;

  abstract TestDatabase database();

  /** Requires a value in orders.legacy, as this database spells it. */
  abstract String requireLegacy();

  @BeforeEach
  void begin() throws SQLException {
    database = database();
    database.execute(
        "CREATE TABLE customers (id int PRIMARY KEY)",
        "CREATE TABLE orders (id int PRIMARY KEY, state varchar(20), legacy varchar(20),"
            + " customer int)",
        "INSERT INTO customers (id) VALUES (1)");
  }

  private void migrate(String sql) throws SQLException {
    database.execute(SqlStatements.of(sql).statements().toArray(String[]::new));
  }

  private void work() throws SQLException {
    database.execute(
        "INSERT INTO orders (id, state, customer) VALUES (1, 'new', 1)",
        "INSERT INTO orders (id, state, customer) VALUES (2, 'new', 2)",
        "UPDATE orders SET legacy = 'a value of any kind' WHERE id = 1",
        "DELETE FROM customers WHERE id = 1",
        "DELETE FROM orders WHERE id = 2");
    assertThat(database.rows("SELECT id, state, legacy, customer FROM orders"))
        .containsExactly("1|new|a value of any kind|1");
  }

  private static Impact impact(String sql) {
    return RevisionImpact.of("0001", new SqlScript(sql).changes()).impact();
  }

  static Stream<String> expanding() {
    return Stream.of(
        "CREATE TABLE notes (id int PRIMARY KEY, note varchar(20) NOT NULL UNIQUE)",
        "CREATE TABLE notes (customer int, FOREIGN KEY (customer) REFERENCES customers (id) ON"
            + " DELETE CASCADE); INSERT INTO notes (customer) VALUES (1)",
        "ALTER TABLE orders ADD COLUMN note varchar(20)",
        "ALTER TABLE orders ADD COLUMN note varchar(20) DEFAULT 'x' NOT NULL, ADD COLUMN n int",
        "ALTER TABLE orders ADD COLUMN n int; UPDATE orders SET n = 1; CREATE INDEX i ON orders (n)",
        "ALTER TABLE orders ADD COLUMN n int; ALTER TABLE orders DROP COLUMN n",
        "CREATE INDEX by_state ON orders (state, id DESC)",
        "CREATE VIEW new_orders AS SELECT id FROM orders WHERE state = 'new'");
  }

  @ParameterizedTest
  @MethodSource("expanding")
  void doesNotNoticeWhatExpands(String sql) throws SQLException {
    assertThat(impact(sql)).isEqualTo(Impact.EXPAND);
    migrate(sql);

    assertThatCode(this::work).doesNotThrowAnyException();
  }

  static Stream<String> contracting() {
    return Stream.of(
        "DROP TABLE orders",
        "ALTER TABLE orders RENAME TO requests",
        "ALTER TABLE orders DROP COLUMN legacy",
        "ALTER TABLE orders RENAME COLUMN legacy TO old",
        "ALTER TABLE orders ADD COLUMN n int NOT NULL",
        "ALTER TABLE orders ADD CONSTRAINT u UNIQUE (state)",
        "CREATE UNIQUE INDEX u ON orders (state)",
        "ALTER TABLE orders ADD CONSTRAINT f FOREIGN KEY (customer) REFERENCES customers (id)",
        "ALTER TABLE orders ADD CONSTRAINT c CHECK (state <> 'new')");
  }

  @ParameterizedTest
  @MethodSource("contracting")
  void breaksWhereTheDatabaseContracts(String sql) throws SQLException {
    assertThat(impact(sql)).isEqualTo(Impact.CONTRACT);
    migrate(sql);

    assertThatThrownBy(this::work).isInstanceOf(SQLException.class);
  }

  @Test
  void breaksWhereAValueIsRequired() throws SQLException {
    breaksWhereTheDatabaseContracts(requireLegacy());
  }

  @Test
  void mayNotBeAbleToDeleteWhatANewTableRefersTo() throws SQLException {
    String sql =
        "CREATE TABLE notes (customer int, FOREIGN KEY (customer) REFERENCES customers (id))";
    assertThat(impact(sql)).isEqualTo(Impact.UNCLEAR);
    migrate(sql);
    database.execute("INSERT INTO notes (customer) VALUES (1)");

    assertThatThrownBy(this::work).isInstanceOf(SQLException.class);
  }

  @Test
  void canWriteThoughANewNullableColumnIsUnique() throws SQLException {
    String sql =
        "ALTER TABLE orders ADD COLUMN n int;"
            + " ALTER TABLE orders ADD CONSTRAINT u UNIQUE (state, n)";
    assertThat(impact(sql)).isEqualTo(Impact.UNCLEAR);
    migrate(sql);

    assertThatCode(this::work).doesNotThrowAnyException();
  }
}
