// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStructureTest extends StructureContract {

  private static final AtomicInteger COUNT = new AtomicInteger();

  @TempDir private static Path folder;

  SqliteStructureTest() {
    super("sqlite");
  }

  @Override
  TestDatabase database() {
    return new TestDatabase(
        "jdbc:sqlite:" + folder.resolve("structure" + COUNT.incrementAndGet() + ".db"), "", "");
  }

  @Override
  String schema() {
    return null;
  }

  /** A view takes no INSERT, and a length means nothing. */
  @Override
  String meaning(Change change) {
    return change.name().startsWith("VIEW_")
        ? "changed table orders"
        : change == Change.NARROW ? "" : super.meaning(change);
  }

  /** It changes columns and constraints only by a new table. */
  @Override
  List<String> statements(Change change) {
    return switch (change) {
      case DROP_KEY -> anew("id integer PRIMARY KEY, code varchar(40), note varchar, quantity int");
      case WIDEN ->
          anew("id int PRIMARY KEY, code text UNIQUE, note varchar, quantity bigint, more text");
      case WIDEN_TEXT, BECOMES_OPTIONAL ->
          anew("id integer PRIMARY KEY, code varchar(50) UNIQUE, note varchar, quantity int");
      case NARROW ->
          anew("id integer PRIMARY KEY, code varchar(20) UNIQUE, note varchar, quantity int");
      case ADD_REQUIRED ->
          anew(
              "id integer PRIMARY KEY, code varchar UNIQUE, note varchar, quantity int,"
                  + " extra int NOT NULL");
      case BECOMES_REQUIRED ->
          anew("id integer PRIMARY KEY, code varchar UNIQUE, note varchar NOT NULL, quantity int");
      default -> super.statements(change);
    };
  }

  private static List<String> anew(String columns) {
    return List.of("DROP TABLE orders", "CREATE TABLE orders (" + columns + ")");
  }

  @Override
  List<String> richTables() {
    return List.of(
        "CREATE TABLE parts (id integer PRIMARY KEY, code varchar(40) NOT NULL UNIQUE,"
            + " price numeric(10,2) DEFAULT 0 NOT NULL, missing int DEFAULT NULL,"
            + " kept int GENERATED ALWAYS AS (id + 1) STORED, computed int AS (id + 2),"
            + " anything, \"odd name\" real, UNIQUE (price, anything))",
        "CREATE TABLE by_text (a text PRIMARY KEY, b int) WITHOUT ROWID",
        "CREATE TABLE by_int (id int PRIMARY KEY)",
        "CREATE TABLE pairs (a int, b int, PRIMARY KEY (a, b))",
        "CREATE TABLE exact (a int, b text, c any) STRICT",
        "CREATE VIRTUAL TABLE documents USING fts5(title)",
        "CREATE UNIQUE INDEX parts_some ON parts (anything) WHERE anything > 1",
        "CREATE UNIQUE INDEX parts_abs ON parts (abs(anything))",
        "CREATE VIEW cheap AS SELECT id, price + 1 AS more FROM parts WHERE price < 1");
  }

  @Test
  void aViewWithATriggerTakesAnInsert() throws SQLException {
    create(List.of("CREATE TABLE parts (id int)"));
    var file = file();
    current()
        .execute(
            "ALTER TABLE parts RENAME TO parts2",
            "CREATE VIEW parts AS SELECT id FROM parts2",
            "CREATE TRIGGER other INSTEAD OF DELETE ON parts BEGIN INSERT INTO parts2 VALUES (1); END");
    assertThat(compare(file)).hasSize(1);

    current()
        .execute("CREATE TRIGGER into_parts instead\n  of\tinsert ON Parts BEGIN SELECT 1; END");

    assertThat(compare(file)).isEmpty();
  }

  @Test
  void theLetterCaseOfNamesMakesNoDifference() throws SQLException {
    create(List.of("CREATE TABLE parts (id int UNIQUE, code text)"));
    var file = file();
    current().execute("DROP TABLE parts", "CREATE TABLE Parts (ID int UNIQUE, Code text)");

    assertThat(compare(file)).isEmpty();
    assertThat(structure(List.of("PARTS")).tables()).hasSize(1);
  }

  @Test
  void aBrokenViewDoesNotHideTheOtherTables() throws SQLException {
    create(List.of("CREATE TABLE parts (id int)", "CREATE VIEW broken AS SELECT * FROM gone"));

    assertThat(structure(List.of("parts")).tables()).hasSize(1);
  }
}
