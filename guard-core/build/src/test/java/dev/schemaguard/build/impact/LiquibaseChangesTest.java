// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.schemaguard.build.LiquibaseSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import liquibase.Scope;
import liquibase.change.Change;
import liquibase.change.ChangeFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiquibaseChangesTest {

  @TempDir private Path directory;

  private RevisionImpact impact(String changes) throws IOException {
    return changeSet("      changes:\n" + changes.strip().indent(8));
  }

  private RevisionImpact changeSet(String body) throws IOException {
    Files.writeString(
        directory.resolve("changelog.yaml"),
        """
        databaseChangeLog:
          - changeSet:
              id: "1"
              author: a
        """
            + body);
    List<RevisionImpact> impacts =
        LiquibaseSources.directory(directory, "changelog.yaml").impacts();
    assertThat(impacts).hasSize(1);
    return impacts.get(0);
  }

  @Nested
  class EveryType {

    @Test
    void thatLiquibaseRegistersHasARule() {
      ChangeFactory factory = Scope.getCurrentScope().getSingleton(ChangeFactory.class);
      SortedSet<String> types = factory.getDefinedChanges();
      assertThat(types).hasSizeGreaterThan(45);
      assertThat(types).filteredOn(type -> isWithoutRule(factory.create(type))).isEmpty();
    }

    private static boolean isWithoutRule(Change change) {
      return LiquibaseChanges.of(change).stream()
          .anyMatch(found -> found.kind() == ChangeKind.OTHER);
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        textBlock =
            """
            - addAutoIncrement: { tableName: t, columnName: c, columnDataType: int }      | UNCLEAR
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int } ] }    | EXPAND
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, defaultValueNumeric: 1, constraints: { nullable: false } } ] } | EXPAND
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, constraints: { nullable: false } } ] } | CONTRACT
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, valueNumeric: 1, constraints: { nullable: false } } ] } | CONTRACT
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, constraints: { unique: true } } ] } | UNCLEAR
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, constraints: { references: x(id), foreignKeyName: f } } ] } | UNCLEAR
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, constraints: { references: x(id), foreignKeyName: f, deleteCascade: true } } ] } | EXPAND
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int, constraints: { checkConstraint: c > 0 } } ] } | UNCLEAR
            - addColumn: { tableName: t, columns: [ column: { name: c, type: int not null } ] } | UNCLEAR
            - addDefaultValue: { tableName: t, columnName: c, defaultValue: x }           | UNCLEAR
            - addForeignKeyConstraint: { baseTableName: t, baseColumnNames: c, referencedTableName: x, referencedColumnNames: id, constraintName: f } | CONTRACT
            - addLookupTable: { existingTableName: t, existingColumnName: c, newTableName: n, newColumnName: c } | CONTRACT
            - addNotNullConstraint: { tableName: t, columnName: c }                       | CONTRACT
            - addPrimaryKey: { tableName: t, columnNames: c }                             | CONTRACT
            - addUniqueConstraint: { tableName: t, columnNames: "c, d" }                  | CONTRACT
            - alterSequence: { sequenceName: s, incrementBy: 5 }                          | UNCLEAR
            - createIndex: { tableName: t, indexName: i, columns: [ column: { name: c } ] } | EXPAND
            - createIndex: { tableName: t, indexName: i, unique: true, columns: [ column: { name: c } ] } | CONTRACT
            - createIndex: { tableName: t, indexName: i, columns: [ column: { name: lower(c), computed: true } ] } | UNCLEAR
            - createProcedure: { procedureName: p, procedureBody: x }                     | UNCLEAR
            - createSequence: { sequenceName: s }                                         | EXPAND
            - createTable: { tableName: t, columns: [ column: { name: c, type: int } ] }  | EXPAND
            - createTable: { tableName: t, columns: [ column: { name: c, type: int, constraints: { references: x(id), foreignKeyName: f } } ] } | UNCLEAR
            - createView: { viewName: v, selectQuery: SELECT 1 }                          | EXPAND
            - createView: { viewName: v, selectQuery: SELECT 1, replaceIfExists: true }   | UNCLEAR
            - delete: { tableName: t }                                                    | UNCLEAR
            - dropAllForeignKeyConstraints: { baseTableName: t }                          | UNCLEAR
            - dropColumn: { tableName: t, columnName: c }                                 | CONTRACT
            - dropColumn: { tableName: t, columns: [ column: { name: c } ] }              | CONTRACT
            - dropDefaultValue: { tableName: t, columnName: c }                           | UNCLEAR
            - dropForeignKeyConstraint: { baseTableName: t, constraintName: f }           | UNCLEAR
            - dropIndex: { tableName: t, indexName: i }                                   | UNCLEAR
            - dropNotNullConstraint: { tableName: t, columnName: c }                      | UNCLEAR
            - dropPrimaryKey: { tableName: t }                                            | CONTRACT
            - dropProcedure: { procedureName: p }                                         | CONTRACT
            - dropSequence: { sequenceName: s }                                           | CONTRACT
            - dropTable: { tableName: t }                                                 | CONTRACT
            - dropUniqueConstraint: { tableName: t, constraintName: u }                   | CONTRACT
            - dropView: { viewName: v }                                                   | CONTRACT
            - empty: {}                                                                   | EXPAND
            - executeCommand: { executable: rm }                                          | UNCLEAR
            - insert: { tableName: t, columns: [ column: { name: c, value: x } ] }        | UNCLEAR
            - loadData: { tableName: t, file: x.csv }                                     | UNCLEAR
            - loadUpdateData: { tableName: t, file: x.csv, primaryKey: c }                | UNCLEAR
            - mergeColumns: { tableName: t, column1Name: a, column2Name: b, finalColumnName: c, finalColumnType: int } | CONTRACT
            - modifyDataType: { tableName: t, columnName: c, newDataType: int }           | CONTRACT
            - output: { message: x }                                                      | EXPAND
            - renameColumn: { tableName: t, oldColumnName: a, newColumnName: b }          | CONTRACT
            - renameSequence: { oldSequenceName: a, newSequenceName: b }                  | CONTRACT
            - renameTable: { oldTableName: a, newTableName: b }                           | CONTRACT
            - renameView: { oldViewName: a, newViewName: b }                              | CONTRACT
            - setColumnRemarks: { tableName: t, columnName: c, remarks: x }               | EXPAND
            - setTableRemarks: { tableName: t, remarks: x }                               | EXPAND
            - sql: { sql: ALTER TABLE t ADD c int }                                       | EXPAND
            - sql: { sql: ALTER TABLE t DROP COLUMN c }                                   | CONTRACT
            - sql: { sql: something else }                                                | UNCLEAR
            - stop: { message: x }                                                        | EXPAND
            - tagDatabase: { tag: v1 }                                                    | EXPAND
            - update: { tableName: t, columns: [ column: { name: c, value: x } ] }        | UNCLEAR
            """)
    void isJudged(String change, Impact expected) throws IOException {
      RevisionImpact impact = impact(change);

      assertThat(impact.impact()).isEqualTo(expected);
      assertThat(impact.reasons())
          .isNotEmpty()
          .as("name what is changed")
          .noneMatch(reason -> reason.matches(".*(?: [;,:]|: ?$|  | $|\\.;).*"));
    }
  }

  @Nested
  class WhatItCreatesItself {

    @Test
    void mayBeConstrained() throws IOException {
      RevisionImpact impact =
          impact(
              """
              - createTable: { tableName: n, columns: [ column: { name: c, type: int } ] }
              - addUniqueConstraint: { tableName: n, columnNames: c }
              - addForeignKeyConstraint: { baseTableName: n, baseColumnNames: c, referencedTableName: x, referencedColumnNames: id, constraintName: f, onDelete: CASCADE }
              - insert: { tableName: n, columns: [ column: { name: c, valueNumeric: 1 } ] }
              """);
      assertThat(impact.impact()).isEqualTo(Impact.EXPAND);
    }

    @Test
    void holdsWhatItRefersTo() throws IOException {
      RevisionImpact impact =
          impact(
              """
              - createTable: { tableName: n, columns: [ column: { name: c, type: int } ] }
              - addForeignKeyConstraint: { baseTableName: n, baseColumnNames: c, referencedTableName: x, referencedColumnNames: id, constraintName: f }
              """);
      assertThat(impact.reasons())
          .containsExactly(
              "adds a foreign key: new n.c to x; older versions may not be able to delete there");
    }

    @Test
    void isNotTheTableOfThatNameInAnotherSchema() throws IOException {
      RevisionImpact impact =
          impact(
              """
              - createTable: { schemaName: s, tableName: n, columns: [ column: { name: c, type: int } ] }
              - addUniqueConstraint: { tableName: n, columnNames: c }
              """);
      assertThat(impact.impact()).isEqualTo(Impact.CONTRACT);
    }
  }

  @Nested
  class NoExcuse {

    @Test
    void areContextsAndPreconditions() throws IOException {
      RevisionImpact impact =
          changeSet(
              """
                    context: never
                    preConditions: [ { onFail: MARK_RAN }, { tableExists: { tableName: x } } ]
                    changes:
                      - dropTable: { tableName: t }
              """);
      assertThat(impact.impact()).isEqualTo(Impact.CONTRACT);
    }

    @Test
    void isThatStatementsAreRewritten() throws IOException {
      RevisionImpact impact =
          changeSet(
              """
                    changes:
                      - createTable: { tableName: t, columns: [ column: { name: c, type: int } ] }
                    modifySql:
                      - replace: { replace: CREATE, with: DROP }
              """);
      assertThat(impact.impact()).isEqualTo(Impact.UNCLEAR);
    }
  }

  @Test
  void filesOfSqlAreReadAndFormattedOnesParted() throws IOException {
    Files.writeString(directory.resolve("raw.sql"), "ALTER TABLE t DROP COLUMN c;");
    Files.writeString(
        directory.resolve("formatted.sql"),
        """
        --liquibase formatted sql
        --changeset a:1
        CREATE TABLE n (id int);
        --rollback DROP TABLE n;
        --changeset a:2
        DROP TABLE o;
        """);

    assertThat(impact("- sqlFile: { path: raw.sql }").impact()).isEqualTo(Impact.CONTRACT);
    assertThat(LiquibaseSources.directory(directory, "formatted.sql").impacts())
        .extracting(RevisionImpact::revision, RevisionImpact::impact)
        .containsExactly(
            tuple("formatted.sql::1::a", Impact.EXPAND),
            tuple("formatted.sql::2::a", Impact.CONTRACT));
  }
}
