// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static dev.schemaguard.build.impact.LiquibaseRule.columns;
import static dev.schemaguard.build.impact.LiquibaseRule.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import liquibase.change.AbstractSQLChange;
import liquibase.change.Change;
import liquibase.change.ColumnConfig;
import liquibase.change.core.AddColumnChange;
import liquibase.change.core.AddForeignKeyConstraintChange;
import liquibase.change.core.CreateIndexChange;
import liquibase.change.core.CreateTableChange;
import liquibase.change.core.CreateViewChange;
import liquibase.change.core.DropColumnChange;
import liquibase.change.core.UpdateDataChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;

/**
 * Reads the schema changes that a Liquibase changeset makes. Contexts, labels and preconditions are
 * ignored, because they may let it run. Requires {@code org.liquibase:liquibase-core} on the class
 * path.
 */
public final class LiquibaseChanges {

  private LiquibaseChanges() {}

  /**
   * Returns the changes of a changeset, in their order; SQL files are read through Liquibase's
   * scope.
   */
  public static List<SchemaChange> of(ChangeSet changeSet) {
    List<SchemaChange> changes = new ArrayList<>();
    for (Change change : changeSet.getChanges()) {
      changes.addAll(of(change));
    }
    if (!changeSet.getSqlVisitors().isEmpty()) {
      changes.add(SchemaChange.of(ChangeKind.OTHER, "modifySql, which rewrites its statements"));
    }
    return changes;
  }

  /**
   * Returns how Liquibase undoes a changeset; SQL files are read through its scope.
   *
   * @param revision the changeset's name, as in the revision chain
   */
  public static RevisionUndo undo(String revision, ChangeSet changeSet) {
    return LiquibaseRollback.of(revision, changeSet);
  }

  static List<SchemaChange> of(Change change) {
    if (change instanceof CustomChangeWrapper custom) {
      return List.of(SchemaChange.of(ChangeKind.CODE, "class " + custom.getClassName()));
    }
    if (!change.getClass().getName().startsWith("liquibase.change.core.")) {
      return List.of(other(change));
    }
    if (change instanceof AbstractSQLChange sql) {
      return sql(sql);
    }
    if (change instanceof CreateTableChange create) {
      return createTable(create);
    }
    if (change instanceof AddColumnChange add) {
      return addColumn(add);
    }
    if (change instanceof CreateViewChange view) {
      return createView(view);
    }
    return List.of(single(change));
  }

  /** Returns the schema change for a Liquibase change that corresponds to exactly one. */
  private static SchemaChange single(Change change) {
    if (change instanceof CreateIndexChange index) {
      return createIndex(index);
    }
    if (change instanceof AddForeignKeyConstraintChange key) {
      return addForeignKey(key);
    }
    if (change instanceof DropColumnChange drop && !drop.getColumns().isEmpty()) {
      return SchemaChange.of(ChangeKind.DROP_COLUMN, table(drop), names(drop.getColumns()));
    }
    if (change instanceof UpdateDataChange update) {
      return SchemaChange.of(ChangeKind.UPDATE, table(update), names(update.getColumns()));
    }
    LiquibaseRule rule = LiquibaseRule.of(change);
    return rule == null ? other(change) : rule.change(change);
  }

  private static SchemaChange other(Change change) {
    return SchemaChange.of(
        ChangeKind.OTHER, Objects.requireNonNullElse(change.getSerializedObjectName(), "a change"));
  }

  private static List<SchemaChange> sql(AbstractSQLChange change) {
    String sql = change.getSql();
    return sql == null
        ? List.of(SchemaChange.of(ChangeKind.UNPARSED, "SQL that cannot be read"))
        : new SqlScript(sql).changes();
  }

  private static List<SchemaChange> createTable(CreateTableChange create) {
    boolean ifMissing = Boolean.TRUE.equals(create.getIfNotExists());
    List<SchemaChange> changes = new ArrayList<>();
    changes.add(
        SchemaChange.of(
            ifMissing ? ChangeKind.CREATE_TABLE_IF_MISSING : ChangeKind.CREATE_TABLE,
            table(create)));
    for (ColumnConfig column : create.getColumns()) {
      changes.addAll(new LiquibaseColumn(table(create), column).references());
    }
    return changes;
  }

  private static List<SchemaChange> addColumn(AddColumnChange add) {
    List<SchemaChange> changes = new ArrayList<>();
    for (ColumnConfig column : add.getColumns()) {
      changes.addAll(new LiquibaseColumn(table(add), column).addition());
    }
    return changes;
  }

  private static List<SchemaChange> createView(CreateViewChange create) {
    if (Boolean.TRUE.equals(create.getFullDefinition()) && create.getSelectQuery() != null) {
      return new SqlScript(create.getSelectQuery()).changes();
    }
    boolean replaces =
        Boolean.TRUE.equals(create.getReplaceIfExists())
            || Boolean.TRUE.equals(create.getFullDefinition());
    return List.of(
        SchemaChange.of(
            replaces ? ChangeKind.REPLACE_VIEW : ChangeKind.CREATE_OBJECT,
            LiquibaseRule.qualified(create, "viewName")));
  }

  private static SchemaChange createIndex(CreateIndexChange create) {
    List<ColumnConfig> columns = List.copyOf(create.getColumns());
    boolean computed = columns.stream().anyMatch(c -> Boolean.TRUE.equals(c.getComputed()));
    return SchemaChange.of(
        Boolean.TRUE.equals(create.isUnique())
            ? ChangeKind.ADD_UNIQUE
            : computed ? ChangeKind.INDEX_EXPRESSION : ChangeKind.CREATE_INDEX,
        table(create),
        names(columns));
  }

  private static SchemaChange addForeignKey(AddForeignKeyConstraintChange key) {
    String onDelete = text(key, "onDelete");
    boolean yields =
        text(key, "deleteCascade").equalsIgnoreCase("true")
            || onDelete.equalsIgnoreCase("CASCADE")
            || onDelete.equalsIgnoreCase("SET NULL");
    return new SchemaChange(
        ChangeKind.ADD_FOREIGN_KEY,
        LiquibaseRule.qualified(key, "baseTableSchemaName", "baseTableName"),
        columns(key, "baseColumnNames"),
        new SchemaChange.Reference(
            LiquibaseRule.qualified(key, "referencedTableSchemaName", "referencedTableName"),
            yields));
  }

  private static String table(Change change) {
    return LiquibaseRule.qualified(change, "tableName");
  }

  static List<String> names(List<? extends ColumnConfig> columns) {
    return columns.stream().map(column -> String.valueOf(column.getName())).toList();
  }
}
