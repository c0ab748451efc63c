// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.databases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.testing.Postgres;
import dev.schemaguard.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresStructureTest extends PostgresStructureContract {

  @Override
  TestDatabase database() {
    return Postgres.database();
  }

  @Override
  DataSource powerless() throws SQLException {
    String role = Postgres.role("Structure-");
    return current().as(role, role);
  }

  /** Each statement follows {@code parts2}, which parts was renamed to. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CREATE VIEW parts AS SELECT * FROM parts2 WHERE id > 0 | ",
        "CREATE VIEW parts AS SELECT id, code FROM parts2 | ",
        "CREATE VIEW parts AS SELECT id, code FROM parts2 WHERE id IN (SELECT a FROM needy) | ",
        "CREATE VIEW parts AS SELECT DISTINCT id, code FROM parts2 | changed table parts",
        "CREATE MATERIALIZED VIEW parts AS SELECT * FROM parts2 | changed table parts",
        "CREATE VIEW parts AS SELECT id, upper(code) AS code FROM parts2 | changed parts.code",
        "CREATE VIEW parts AS SELECT a AS id, c AS code FROM needy | changed table parts",
        "CREATE VIEW parts AS SELECT a AS id, c AS code FROM needy WHERE b <> '' | ",
      })
  void aViewInPlaceOfATableHasToTakeAnInsert(String view, String meaning) throws SQLException {
    replaceBy(view);

    assertThat(compare(before).stream().map(line -> line.replaceFirst(": .*", "")))
        .isEqualTo(meaning == null ? List.of() : List.of(meaning));
  }

  private SchemaFile before;

  private void replaceBy(String... statements) throws SQLException {
    create(
        List.of(
            "CREATE TABLE parts (id integer NOT NULL, code text, PRIMARY KEY (id))",
            "CREATE TABLE needy (a integer, b text NOT NULL, c text)"));
    before = file();
    current().execute("ALTER TABLE parts RENAME TO parts2");
    current().execute(statements);
  }

  @Test
  void aTriggerOrARuleTakesAnInsert() throws SQLException {
    String view = "CREATE VIEW parts AS SELECT DISTINCT id, code FROM parts2";
    replaceBy(
        view,
        "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE TRIGGER t INSTEAD OF INSERT ON parts FOR EACH ROW EXECUTE FUNCTION nothing()");
    assertThat(compare(before)).isEmpty();

    replaceBy(view, "CREATE RULE r AS ON INSERT TO parts DO INSTEAD NOTHING");
    assertThat(compare(before)).isEmpty();
  }

  @Test
  void aRuleForAnotherStatementDoesNotCountAsAPartOfTheView() throws SQLException {
    replaceBy(
        "CREATE VIEW parts AS SELECT id, code FROM parts2",
        "CREATE RULE r AS ON DELETE TO parts DO ALSO DELETE FROM needy WHERE a = old.id");

    current().execute("INSERT INTO parts (id, code) VALUES (1, 'x')");
    assertThat(compare(before)).isEmpty();
  }

  @Test
  void aViewThatAMigrationIsReplacingIsNotWaitedFor() throws SQLException {
    replaceBy("CREATE VIEW parts AS SELECT * FROM parts2");
    try (Connection migration = current().dataSource().getConnection();
        Statement statement = migration.createStatement()) {
      migration.setAutoCommit(false);
      statement.execute("DROP VIEW parts");
      statement.execute("ALTER TABLE parts2 ADD COLUMN extra integer");

      assertThat(compare(before)).isEmpty();
      migration.rollback();
    }
  }

  @Test
  void aKeyThatIsDeferredOrTreatsNullsAlikeIsComparedByWhatAnUpsertCanUse() throws SQLException {
    create(List.of("CREATE TABLE parts (a integer UNIQUE, b integer UNIQUE)"));
    SchemaFile file = file();
    current()
        .execute(
            "DROP TABLE parts",
            "CREATE TABLE parts (a integer UNIQUE NULLS NOT DISTINCT, b integer UNIQUE DEFERRABLE)");

    assertThat(compare(file)).containsExactly("missing parts key (b)");
    current().execute("INSERT INTO parts VALUES (1, 2) ON CONFLICT (a) DO NOTHING");
  }

  @Test
  void anEnumThatLacksAValueIsChangedAndOneWithMoreIsNot() throws SQLException {
    create(List.of("CREATE TYPE state AS ENUM ('a', 'b')", "CREATE TABLE parts (now state)"));
    SchemaFile file = file();
    current().execute("ALTER TYPE state ADD VALUE 'c'");
    assertThat(compare(file)).isEmpty();

    current().execute("ALTER TYPE state RENAME VALUE 'b' TO 'd'");
    assertThat(compare(file))
        .containsExactly("changed parts.now: state('a','d','c'), not state('a','b')");
  }

  @Test
  void aDomainCountsAsTheTypeBelowIt() throws SQLException {
    create(List.of("CREATE TABLE parts (code varchar(40), mail varchar(40))"));
    SchemaFile file = file();
    current()
        .execute(
            "CREATE DOMAIN wide AS varchar(50)",
            "CREATE DOMAIN needed AS varchar(40) NOT NULL",
            "ALTER TABLE parts ALTER code TYPE wide, ALTER mail TYPE needed");

    assertThat(compare(file)).containsExactly("required parts.mail");
  }
}
