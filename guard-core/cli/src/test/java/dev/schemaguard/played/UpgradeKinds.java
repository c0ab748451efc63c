// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.played;

import static dev.schemaguard.played.Upgrade.Evidence.ALLOWED;
import static dev.schemaguard.played.Upgrade.Evidence.MARKERS;
import static dev.schemaguard.played.Upgrade.Evidence.MAX;
import static dev.schemaguard.played.Upgrade.Evidence.NONE;
import static dev.schemaguard.played.Upgrade.Evidence.SCHEMA_FILE;

import dev.schemaguard.played.Upgrade.Evidence;
import dev.schemaguard.played.Upgrade.Step;
import java.util.ArrayList;
import java.util.List;

/** The changes of schema and data that the upgrades bring, from additions to a split table. */
final class UpgradeKinds {

  /** The first migration, which release 1.0.0 brings. */
  static final String BASE =
      """
      CREATE TABLE customers (id int PRIMARY KEY, name varchar(100) NOT NULL, phone varchar(40),
        status varchar(10) NOT NULL);
      CREATE TABLE orders (id varchar(36) PRIMARY KEY, customer int, code varchar(40), amount int,
        note varchar(200), priority int DEFAULT 1 NOT NULL);
      CREATE TABLE counters (name varchar(20) NOT NULL, hits int NOT NULL,
        CONSTRAINT counters_name UNIQUE (name));
      CREATE VIEW order_list AS SELECT id, code, amount FROM orders;
      INSERT INTO customers VALUES (1, 'Ann', '555-1', 'N');
      """;

  private static final String READ_CUSTOMER =
      "?SELECT name, phone FROM customers WHERE status = 'N'";
  private static final String READ_VIEW =
      "?SELECT id, code, amount FROM order_list WHERE id = ':id'";
  private static final String WRITE_NOTE =
      "!UPDATE orders SET note = 'a note of more than ten letters' WHERE id = ':id'";
  private static final String COUNT =
      "?SELECT 1 FROM counters WHERE name = 'orders' HAVING count(*) = 1";

  private UpgradeKinds() {}

  /**
   * One kind of upgrade.
   *
   * @param evidence what it is tried with
   */
  record Kind(
      String name,
      List<Evidence> evidence,
      boolean careful,
      List<Step> steps,
      int min,
      List<String> work) {}

  /**
   * The statements of release 1.0.0. {@code :id} is a new identifier, {@code ?} a query that must
   * find a row, {@code !} a change that must change one.
   *
   * @param careful whether the order has a customer who exists, a code of its own, a positive
   *     amount and a note
   */
  static List<String> oldWork(boolean careful) {
    List<String> work = new ArrayList<>();
    work.add(
        careful
            ? "INSERT INTO orders (id, customer, code, amount, note) VALUES (':id', 1, ':id', 5, 'n')"
            : "INSERT INTO orders (id, customer, code, amount) VALUES (':id', 7, 'same', -5)");
    work.add(WRITE_NOTE);
    work.add("!UPDATE orders SET amount = 40000, code = ':id' WHERE id = ':id'");
    work.add("?SELECT code, amount, note, priority FROM orders WHERE id = ':id' AND amount > 5");
    work.add(READ_CUSTOMER);
    work.add(READ_VIEW);
    work.add("^counters(name, hits) VALUES ('orders', 1)");
    work.add(COUNT);
    return work;
  }

  /** All of them. */
  static List<Kind> all() {
    List<Kind> all = new ArrayList<>();
    all.addAll(AdditiveKinds.all());
    all.addAll(BreakingKinds.all());
    all.addAll(StagedKinds.all());
    return all;
  }

  /** A kind whose old release is not careful. */
  static Kind kind(
      String name, List<Evidence> evidence, int min, List<String> work, Step... steps) {
    return new Kind(name, evidence, false, List.of(steps), min, work);
  }

  /** The same with a careful old release. */
  static Kind careful(
      String name, List<Evidence> evidence, int min, List<String> work, Step... steps) {
    return new Kind(name, evidence, true, List.of(steps), min, work);
  }

  /** A migration that release 1.0.0 survives. */
  static Step expand(String name, String sql) {
    return new Step(name, true, sql, sql);
  }

  /** A migration that release 1.0.0 does not survive. */
  static Step contract(String name, String sql) {
    return new Step(name, false, sql, sql);
  }

  /** The kinds that only add, and those that the old release survives for other reasons. */
  private static final class AdditiveKinds {

    static List<Kind> all() {
      return List.of(
          kind(
              "adds an optional column",
              List.of(MARKERS, SCHEMA_FILE, NONE),
              2,
              List.of("INSERT INTO orders (id, amount, color) VALUES (':id', 9, 'red')"),
              expand("add_color", "ALTER TABLE orders ADD color varchar(20)")),
          kind(
              "adds a column with a default",
              List.of(SCHEMA_FILE, MAX),
              2,
              List.of("INSERT INTO orders (id, amount, size) VALUES (':id', 9, 3)"),
              expand("add_size", "ALTER TABLE orders ADD size int DEFAULT 1 NOT NULL")),
          kind(
              "adds a table",
              List.of(SCHEMA_FILE, ALLOWED),
              2,
              List.of("INSERT INTO invoices (id) VALUES (':id')"),
              expand("add_invoices", "CREATE TABLE invoices (id varchar(36) PRIMARY KEY)")),
          kind(
              "adds an index",
              List.of(MARKERS, SCHEMA_FILE),
              1,
              List.of("INSERT INTO orders (id, amount) VALUES (':id', 9)"),
              expand("index_code", "CREATE INDEX orders_code ON orders (code)")),
          kind(
              "widens a type",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("INSERT INTO orders (id, amount) VALUES (':id', 9000000000)"),
              new Step(
                  "widen_amount",
                  true,
                  "DROP VIEW order_list; ALTER TABLE orders ALTER COLUMN amount TYPE bigint;"
                      + " CREATE VIEW order_list AS SELECT id, code, amount FROM orders",
                  "ALTER TABLE orders MODIFY amount bigint")),
          kind(
              "adds a column to a view",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("SELECT note FROM order_list"),
              expand(
                  "extend_view",
                  "CREATE OR REPLACE VIEW order_list AS SELECT id, code, amount, note FROM orders")),
          careful(
              "renames a table and leaves a view in its place",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("INSERT INTO purchases (id, amount) VALUES (':id', 9)"),
              expand(
                  "rename_orders",
                  "ALTER TABLE orders RENAME TO purchases;"
                      + " CREATE VIEW orders AS SELECT * FROM purchases;"
                      + " CREATE OR REPLACE VIEW order_list AS"
                      + " SELECT id, code, amount FROM purchases")));
    }
  }

  /** The kinds whose only state is one that the old release does not survive, or may not. */
  private static final class BreakingKinds {

    private static final List<String> INSERT =
        List.of(
            "INSERT INTO orders (id, customer, code, amount, note) VALUES (':id', 1, ':id', 9, 'n')");

    static List<Kind> all() {
      return List.of(
          kind(
              "renames a column in one step",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("?SELECT name, telephone FROM customers"),
              contract("rename_phone", "ALTER TABLE customers RENAME COLUMN phone TO telephone")),
          kind(
              "adds a required column",
              List.of(SCHEMA_FILE),
              2,
              List.of("INSERT INTO counters (name, hits, kind) VALUES (':short', 1, 1)"),
              new Step(
                  "add_kind",
                  false,
                  "ALTER TABLE counters ADD kind int DEFAULT 0 NOT NULL;"
                      + " ALTER TABLE counters ALTER COLUMN kind DROP DEFAULT",
                  "ALTER TABLE counters ADD kind int DEFAULT 0 NOT NULL;"
                      + " ALTER TABLE counters ALTER COLUMN kind DROP DEFAULT")),
          kind(
              "changes a type",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("INSERT INTO orders (id, note) VALUES (':id', 12)"),
              new Step(
                  "number_notes",
                  false,
                  "ALTER TABLE orders ALTER COLUMN note TYPE int USING 0",
                  "UPDATE orders SET note = '0'; ALTER TABLE orders MODIFY note int")),
          kind(
              "narrows a type",
              List.of(SCHEMA_FILE),
              2,
              List.of("INSERT INTO orders (id, note) VALUES (':id', 'short')"),
              new Step(
                  "shorten_note",
                  false,
                  "UPDATE orders SET note = NULL; ALTER TABLE orders ALTER COLUMN note TYPE varchar(10)",
                  "UPDATE orders SET note = NULL; ALTER TABLE orders MODIFY note varchar(10)")),
          kind(
              "requires a value in one step",
              List.of(MARKERS, SCHEMA_FILE),
              1,
              INSERT,
              new Step(
                  "require_note",
                  false,
                  "UPDATE orders SET note = 'n'; ALTER TABLE orders ALTER COLUMN note SET NOT NULL",
                  "UPDATE orders SET note = 'n'; ALTER TABLE orders MODIFY note varchar(200) NOT NULL")),
          kind(
              "makes a column unique",
              List.of(SCHEMA_FILE, ALLOWED),
              1,
              INSERT,
              contract(
                  "unique_code",
                  "UPDATE orders SET code = id; INSERT INTO orders (id, code)"
                      + " VALUES ('one', 'same'); CREATE UNIQUE INDEX orders_code ON orders (code)")),
          kind(
              "adds a foreign key",
              List.of(SCHEMA_FILE, ALLOWED),
              1,
              INSERT,
              contract(
                  "tie_customer",
                  "UPDATE orders SET customer = 1; ALTER TABLE orders ADD CONSTRAINT"
                      + " orders_customer FOREIGN KEY (customer) REFERENCES customers (id)")),
          kind(
              "moves data to new codes",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("?SELECT name FROM customers WHERE status = 'new'"),
              contract("rename_status", "UPDATE customers SET status = 'new' WHERE status = 'N'")),
          kind(
              "drops a default",
              List.of(SCHEMA_FILE),
              1,
              List.of("INSERT INTO orders (id, priority) VALUES (':id', 2)"),
              contract("drop_default", "ALTER TABLE orders ALTER COLUMN priority DROP DEFAULT")),
          kind(
              "removes a column from a view",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("SELECT id FROM order_list"),
              contract(
                  "swap_view",
                  "DROP VIEW order_list; CREATE VIEW order_list AS SELECT id, amount FROM orders")));
    }
  }

  /** The kinds that first add, and then take away. */
  private static final class StagedKinds {

    private static final List<String> TELEPHONE =
        List.of(
            "!UPDATE customers SET telephone = '555-2' WHERE id = 1",
            "?SELECT name, telephone FROM customers");

    static List<Kind> all() {
      return List.of(
          kind(
              "renames a column in three steps",
              List.of(MARKERS, SCHEMA_FILE),
              3,
              TELEPHONE,
              expand("add_telephone", "ALTER TABLE customers ADD telephone varchar(40)"),
              expand("copy_phone", "UPDATE customers SET telephone = phone"),
              contract("drop_phone", "ALTER TABLE customers DROP COLUMN phone")),
          kind(
              "requires a value in two steps",
              List.of(SCHEMA_FILE),
              1,
              List.of("INSERT INTO orders (id, priority, code) VALUES (':id', 2, 'c')"),
              expand("default_code", "ALTER TABLE orders ALTER COLUMN code SET DEFAULT 'none'"),
              new Step(
                  "require_code",
                  true,
                  "UPDATE orders SET code = 'none' WHERE code IS NULL;"
                      + " ALTER TABLE orders ALTER COLUMN code SET NOT NULL",
                  "UPDATE orders SET code = 'none' WHERE code IS NULL;"
                      + " ALTER TABLE orders MODIFY code varchar(40) DEFAULT 'none' NOT NULL")),
          kind(
              "splits a table",
              List.of(MARKERS, SCHEMA_FILE),
              3,
              List.of(
                  "INSERT INTO phones (customer, phone) SELECT id, 'x' FROM customers",
                  "?SELECT p.phone FROM customers c JOIN phones p ON p.customer = c.id"),
              expand("add_phones", "CREATE TABLE phones (customer int, phone varchar(40))"),
              expand("copy_phones", "INSERT INTO phones SELECT id, phone FROM customers"),
              contract("drop_phone", "ALTER TABLE customers DROP COLUMN phone")),
          kind(
              "adds, drops, and adds an index",
              List.of(MARKERS, SCHEMA_FILE),
              2,
              List.of("INSERT INTO orders (id, color) VALUES (':id', 'red')"),
              expand("add_color", "ALTER TABLE orders ADD color varchar(20)"),
              contract("drop_phone", "ALTER TABLE customers DROP COLUMN phone"),
              expand("index_amount", "CREATE INDEX orders_amount ON orders (amount)")),
          kind(
              "adds a table, then a condition",
              List.of(SCHEMA_FILE),
              2,
              List.of("INSERT INTO invoices (id) VALUES (':id')"),
              expand("add_invoices", "CREATE TABLE invoices (id varchar(36) PRIMARY KEY)"),
              contract(
                  "positive_amount",
                  "UPDATE orders SET amount = 1; ALTER TABLE orders ADD CONSTRAINT positive"
                      + " CHECK (amount > 0)")));
    }
  }
}
