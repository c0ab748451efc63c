// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.dialect.DatabaseSession;
import dev.schemaguard.dialect.StructureCatalog;
import dev.schemaguard.structure.DatabaseStructure;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.StructureComparison;
import dev.schemaguard.structure.StructureDifference;
import dev.schemaguard.testing.Golden;
import dev.schemaguard.testing.StructureFile;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the catalog of every product shows of tables, and what each change to them means. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StructureContract {

  /** A change to the table orders, in standard SQL, and what it means. */
  @SuppressWarnings("ImmutableEnumChecker")
  enum Change {
    DROP_TABLE("missing table orders", "DROP TABLE orders"),
    DROP_COLUMN("missing orders.note", "ALTER TABLE orders DROP COLUMN note"),
    RENAME_COLUMN("missing orders.note", "ALTER TABLE orders RENAME COLUMN note TO remark"),
    DROP_KEY("missing orders key (code)", "ALTER TABLE orders DROP CONSTRAINT orders_code"),
    WIDEN("", "ALTER TABLE orders ALTER COLUMN quantity SET DATA TYPE bigint"),
    WIDEN_TEXT("", "ALTER TABLE orders ALTER COLUMN code SET DATA TYPE varchar(50)"),
    NARROW("changed orders.code", "ALTER TABLE orders ALTER COLUMN code SET DATA TYPE varchar(20)"),
    OTHER_TYPE(
        "changed orders.quantity",
        "ALTER TABLE orders DROP COLUMN quantity",
        "ALTER TABLE orders ADD COLUMN quantity date"),
    ADD_NULLABLE("", "ALTER TABLE orders ADD COLUMN extra integer"),
    ADD_DEFAULT("", "ALTER TABLE orders ADD COLUMN extra integer DEFAULT 1 NOT NULL"),
    ADD_REQUIRED(
        "required orders.extra",
        "ALTER TABLE orders ADD COLUMN extra integer DEFAULT 1 NOT NULL",
        "ALTER TABLE orders ALTER COLUMN extra DROP DEFAULT"),
    BECOMES_REQUIRED("required orders.note", "ALTER TABLE orders ALTER COLUMN note SET NOT NULL"),
    BECOMES_OPTIONAL("", "ALTER TABLE orders ALTER COLUMN code DROP NOT NULL"),
    ADD_KEY("", "CREATE UNIQUE INDEX orders_note ON orders (note)"),
    RENAME_TABLE("missing table orders", "ALTER TABLE orders RENAME TO purchases"),
    VIEW_IN_PLACE(
        "",
        "ALTER TABLE orders RENAME TO purchases",
        "CREATE VIEW orders AS SELECT id, code, note, quantity FROM purchases"),
    VIEW_OF_EXPRESSION(
        "changed orders.quantity",
        "ALTER TABLE orders RENAME TO purchases",
        "CREATE VIEW orders AS SELECT id, code, note, quantity + 1 AS quantity FROM purchases"),
    VIEW_OF_GROUPS(
        "changed table orders",
        "ALTER TABLE orders RENAME TO purchases",
        "CREATE VIEW orders AS SELECT max(id) AS id, code, max(note) AS note,"
            + " max(quantity) AS quantity FROM purchases GROUP BY code");

    private final String meaning;
    private final String statements;

    Change(String meaning, String... statements) {
      this.meaning = meaning;
      this.statements = String.join(";", statements);
    }
  }

  private static final String ORDERS =
      "CREATE TABLE orders (id integer NOT NULL, code varchar(40) NOT NULL, note varchar(100),"
          + " quantity integer, PRIMARY KEY (id), CONSTRAINT orders_code UNIQUE (code))";

  private final String dbms;
  private TestDatabase database;

  StructureContract(String dbms) {
    this.dbms = dbms;
  }

  /** A fresh database. */
  abstract TestDatabase database() throws SQLException;

  /** The schema that its tables are in; null on a product without schemas. */
  abstract String schema();

  /** Tables with everything that the product has. */
  abstract List<String> richTables();

  /** The statements of a change where they are not standard; empty if it cannot be made. */
  List<String> statements(Change change) {
    return List.of(change.statements.split(";", -1));
  }

  /** What a change means where the product differs. */
  String meaning(Change change) {
    return change.meaning;
  }

  /** How it spells a name that is not quoted. */
  String spelt(String name) {
    return name;
  }

  @Test
  void theFileShowsEveryTableColumnAndKey() throws SQLException {
    create(richTables());

    Golden.assertMatches("structure/" + dbms + ".txt", StructureFile.lines(file()));
    assertThat(compare(file())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Change.class)
  void aChangeIsNamedIfThisVersionCannotUseTheResult(Change change) throws SQLException {
    List<String> statements = statements(change);
    create(List.of(ORDERS));
    SchemaFile file = file();
    assertThat(compare(file)).isEmpty();

    database.execute(statements.toArray(String[]::new));

    List<String> meaning = new ArrayList<>();
    for (String each : compare(file)) {
      meaning.add(each.replaceFirst("^(changed [^:]*): .*", "$1"));
    }
    assertThat(meaning)
        .isEqualTo(meaning(change).isEmpty() ? List.of() : List.of(spelt(meaning(change))));
  }

  @Test
  void onlyTheTablesThatAreAskedForAreRead() throws SQLException {
    create(List.of(ORDERS, "CREATE TABLE other (id integer)"));

    assertThat(structure(List.of(spelt("orders"), "none")).tables()).hasSize(1);
    assertThat(structure(List.of()).tables()).isEmpty();
    assertThat(structure(null).tables()).hasSize(2);
  }

  @Test
  void theOwnerSeesEverything() throws SQLException {
    create(List.of(ORDERS));

    assertThat(isComplete(database.dataSource())).isTrue();
  }

  final void create(List<String> statements) throws SQLException {
    database = database();
    database.execute(statements.toArray(String[]::new));
  }

  final TestDatabase current() {
    return database;
  }

  final boolean isComplete(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      return catalog(session).isComplete(session, schema());
    }
  }

  final SchemaFile file() throws SQLException {
    return StructureFile.of(structure(null));
  }

  final List<String> compare(SchemaFile file) throws SQLException {
    StructureDifference difference =
        StructureComparison.of(file, structure(null), dbms, each -> false, false, schema());
    List<String> lines = new ArrayList<>();
    difference.missing().forEach(each -> lines.add("missing " + each));
    difference.changed().forEach(each -> lines.add("changed " + each));
    difference.newlyRequired().forEach(each -> lines.add("required " + each));
    return lines;
  }

  final DatabaseStructure structure(List<String> tables) throws SQLException {
    return structure(database.dataSource(), tables);
  }

  final DatabaseStructure structure(DataSource dataSource, List<String> tables)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      DatabaseSession session = new DatabaseSession(connection);
      return catalog(session)
          .read(session, schema() == null ? List.of() : List.of(schema()), tables);
    }
  }

  private static StructureCatalog catalog(DatabaseSession session) {
    return session.dialect().structure().orElseThrow();
  }
}
