// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.build.LiquibaseSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import liquibase.change.custom.CustomTaskChange;
import liquibase.database.Database;
import liquibase.exception.ValidationErrors;
import liquibase.resource.ResourceAccessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How Liquibase undoes, as Liquibase itself reads it. */
class LiquibaseUndoTest {

  @TempDir private Path directory;

  private RevisionUndo undo(String body) throws IOException {
    Files.writeString(
        directory.resolve("changelog.yaml"),
        "databaseChangeLog: [ { changeSet: { id: 1, author: a, " + body + " } } ]\n");
    return LiquibaseSources.directory(directory, "changelog.yaml").undos().get(0);
  }

  @Test
  void everyTypeThatLiquibaseCanUndoHasARule() {
    ChangeFactory factory = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
    assertThat(factory.getDefinedChanges())
        .filteredOn(type -> LiquibaseRollback.hasInverse(factory.create(type)))
        .hasSizeGreaterThan(15)
        .filteredOn(type -> inverse(factory.create(type)) == ChangeKind.OTHER)
        .isEmpty();
  }

  private static ChangeKind inverse(Change change) {
    return LiquibaseRollback.inverse(change).kind();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          changes: [ { createTable: { tableName: t, columns: [ { column: { name: c, type: int } } ] } } ] | true | YES | drops table t
          changes: [ { addColumn: { tableName: t, columns: [ { column: { name: c, type: int } } ] } } ] | true | YES | drops column t.c
          changes: [ { addLookupTable: { existingTableName: t, existingColumnName: c, newTableName: n, newColumnName: c } } ] | true | YES | drops table n
          changes: [ { loadUpdateData: { tableName: t, file: x.csv } } ] | true | YES | removes rows of t
          changes: [ { createIndex: { tableName: t, indexName: i, columns: [ { column: { name: c } } ] } } ] | true | NO | -
          changes: [ { addUniqueConstraint: { tableName: t, columnNames: c } } ] | true | NO | -
          changes: [ { createView: { viewName: v, selectQuery: SELECT 1 } } ] | true | NO | -
          changes: [ { renameColumn: { tableName: t, oldColumnName: a, newColumnName: b } } ] | true | NO | -
          changes: [ { tagDatabase: { tag: v1 } } ] | true | NO | -
          changes: [ { dropTable: { tableName: t } } ] | false | UNKNOWN | no rollback is written, and Liquibase has none for dropTable
          changes: [ { createIndex: { tableName: t, indexName: i, columns: [ { column: { name: c } } ] } }, { sql: { sql: SELECT 1 } } ] | false | UNKNOWN | no rollback is written, and Liquibase has none for sql
          changes: [ { dropTable: { tableName: t } } ], rollback: CREATE TABLE t (c int) | true | NO | what it removed itself stays lost: it drops table t
          changes: [ { dropColumn: { tableName: t, columnName: c } } ], rollback: ALTER TABLE t ADD c int | true | NO | what it removed itself stays lost: it drops column t.c
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: 'DROP TABLE a; DELETE FROM b' | true | YES | drops table a; removes rows of b
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: ALTER TABLE t DROP COLUMN c | true | YES | drops column t.c
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: TRUNCATE TABLE t | true | YES | removes rows of t
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: UPDATE t SET c = 1 | true | UNKNOWN | changes rows of t.c, which may lose data
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: CALL p() | true | UNKNOWN | does what no rule covers: CALL p(), which may lose data
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: WHAT IS THIS | true | UNKNOWN | could not be parsed: WHAT IS THIS, which may lose data
          changes: [ { sql: { sql: SELECT 1 } } ], rollback: DROP INDEX i | true | NO | -
          changes: [ { createTable: { tableName: t, columns: [ { column: { name: c, type: int } } ] } } ], rollback: [ ] | true | NO | its rollback is empty, so what it did stays
          changes: [ { createTable: { tableName: t, columns: [ { column: { name: c, type: int } } ] } } ], modifySql: [ { append: { value: x } } ] | true | YES | drops table t
          changes: [ { createIndex: { tableName: t, indexName: i, columns: [ { column: { name: c } } ] } } ], modifySql: [ { append: { value: x } } ] | true | UNKNOWN | does what no rule covers: modifySql, which may rewrite the rollback, which may lose data
          """)
  void isJudgedByWhatTheRollbackDoes(
      String body, Boolean hasRollback, DataLoss loss, String reasons) throws IOException {
    RevisionUndo undo = undo(body);

    assertThat(undo.hasRollback()).isEqualTo(hasRollback);
    assertThat(undo.loss()).isEqualTo(loss);
    assertThat(String.join("; ", undo.reasons())).isEqualTo(reasons == null ? "" : reasons);
  }

  /** A change of an application's own; whether it can be undone, only it knows. */
  public static final class Custom implements CustomTaskChange {

    @Override
    public void execute(Database database) {
      throw new IllegalStateException("nobody runs it here");
    }

    @Override
    public String getConfirmationMessage() {
      return "done";
    }

    @Override
    public void setUp() {}

    @Override
    public void setFileOpener(ResourceAccessor resourceAccessor) {}

    @Override
    public ValidationErrors validate(Database database) {
      return new ValidationErrors();
    }
  }

  @Test
  void ofAnApplicationsOwnChangeIsNotKnown() throws IOException {
    RevisionUndo undo =
        undo("changes: [ { customChange: { class: '" + Custom.class.getName() + "' } } ]");

    assertThat(undo.hasRollback()).isNull();
    assertThat(undo.loss()).isEqualTo(DataLoss.UNKNOWN);
  }

  @Test
  void ofFormattedSqlIsTheCommentBelow() throws IOException {
    Files.writeString(
        directory.resolve("formatted.sql"),
        """
        --liquibase formatted sql
        --changeset a:1
        CREATE TABLE n (id int);
        --rollback DROP TABLE n;
        --changeset a:2
        CREATE INDEX i ON n (id);
        --changeset a:3
        INSERT INTO n VALUES (1);
        --rollback not required
        """);

    assertThat(LiquibaseSources.directory(directory, "formatted.sql").undos())
        .extracting(RevisionUndo::revision, RevisionUndo::hasRollback, RevisionUndo::loss)
        .containsExactly(
            tuple("formatted.sql::1::a", true, DataLoss.YES),
            tuple("formatted.sql::2::a", false, DataLoss.UNKNOWN),
            tuple("formatted.sql::3::a", true, DataLoss.NO));
  }

  @Test
  void ofChangesetsThatShareANameIsToldOnlyWhereTheyAgree() throws IOException {
    Files.writeString(
        directory.resolve("changelog.yaml"),
        """
        databaseChangeLog:
          - changeSet: { id: 1, author: a, dbms: h2, changes: [ { dropTable: { tableName: t } } ] }
          - changeSet: { id: 1, author: a, dbms: mariadb, changes: [ { empty: {} } ] }
        """);

    assertThat(LiquibaseSources.directory(directory, "changelog.yaml").undos())
        .singleElement()
        .returns(null, RevisionUndo::hasRollback)
        .returns(DataLoss.UNKNOWN, RevisionUndo::loss);
  }
}
