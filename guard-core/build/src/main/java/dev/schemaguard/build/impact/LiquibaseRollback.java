// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import liquibase.change.Change;
import liquibase.change.core.AddColumnChange;
import liquibase.change.core.LoadUpdateDataChange;
import liquibase.changelog.ChangeSet;

/**
 * Determines how Liquibase undoes a changeset: by its {@code rollback}, else by the inverse of each
 * change.
 */
final class LiquibaseRollback {

  /** The inverses of the change types for which Liquibase has one ({@code createInverses}). */
  private static final Map<String, LiquibaseRule> INVERSES =
      Map.ofEntries(
          entry("addDefaultValue", ofColumn(ChangeKind.DROP_DEFAULT)),
          entry("addForeignKeyConstraint", of(ChangeKind.DROP_CONSTRAINT, "baseTableName")),
          entry("addLookupTable", of(ChangeKind.DROP_TABLE, "newTableName")),
          entry("addNotNullConstraint", ofColumn(ChangeKind.DROP_NOT_NULL)),
          entry("addPrimaryKey", of(ChangeKind.DROP_UNIQUE, "tableName")),
          entry("addUniqueConstraint", of(ChangeKind.DROP_UNIQUE, "tableName")),
          entry("createIndex", of(ChangeKind.DROP_INDEX, "indexName")),
          entry("createSequence", of(ChangeKind.DROP_OBJECT, "sequenceName")),
          entry("createTable", of(ChangeKind.DROP_TABLE, "tableName")),
          entry("createView", of(ChangeKind.DROP_VIEW, "viewName")),
          entry("dropNotNullConstraint", ofColumn(ChangeKind.SET_NOT_NULL)),
          entry("empty", of(ChangeKind.NOTHING, "")),
          entry("loadUpdateData", of(ChangeKind.DELETE, "tableName")),
          entry("output", of(ChangeKind.NOTHING, "")),
          entry(
              "renameColumn",
              new LiquibaseRule(ChangeKind.RENAME_COLUMN, "tableName", "newColumnName")),
          entry("renameSequence", of(ChangeKind.RENAME_OBJECT, "newSequenceName")),
          entry("renameTable", of(ChangeKind.RENAME_TABLE, "newTableName")),
          entry("renameView", of(ChangeKind.RENAME_OBJECT, "newViewName")),
          entry("tagDatabase", of(ChangeKind.NOTHING, "tag")));

  private LiquibaseRollback() {}

  private static LiquibaseRule of(ChangeKind kind, String object) {
    return new LiquibaseRule(kind, object, "");
  }

  private static LiquibaseRule ofColumn(ChangeKind kind) {
    return new LiquibaseRule(kind, "tableName", "columnName");
  }

  static RevisionUndo of(String revision, ChangeSet changeSet) {
    boolean explicit = changeSet.hasCustomRollbackChanges();
    List<Change> changes = explicit ? changeSet.getRollback().getChanges() : changeSet.getChanges();
    List<SchemaChange> undoing = new ArrayList<>();
    for (Change change : changes) {
      if (!explicit && !isLiquibasesOwn(change)) {
        return new RevisionUndo(
            revision,
            null,
            DataLoss.UNKNOWN,
            List.of(name(change) + " may have a rollback of its own, or not"));
      }
      if (!explicit && !hasInverse(change)) {
        return RevisionUndo.none(
            revision, "no rollback is written, and Liquibase has none for " + name(change));
      }
      undoing.addAll(explicit ? LiquibaseChanges.of(change) : List.of(inverse(change)));
    }
    if (!changeSet.getSqlVisitors().isEmpty()) {
      undoing.add(SchemaChange.of(ChangeKind.OTHER, "modifySql, which may rewrite the rollback"));
    }
    return RevisionUndo.by(revision, undoing, LiquibaseChanges.of(changeSet));
  }

  /**
   * Returns whether Liquibase has an inverse; Liquibase itself checks this too late, when it
   * generates the statements.
   */
  static boolean hasInverse(Change change) {
    // This change generates the rollback statements itself, although it reports that it does not.
    return change instanceof LoadUpdateDataChange || change.supportsRollback(null);
  }

  static SchemaChange inverse(Change change) {
    if (change instanceof AddColumnChange add) {
      return SchemaChange.of(
          ChangeKind.DROP_COLUMN,
          LiquibaseRule.qualified(add, "tableName"),
          LiquibaseChanges.names(add.getColumns()));
    }
    LiquibaseRule rule = INVERSES.get(name(change));
    return rule == null
        ? SchemaChange.of(ChangeKind.OTHER, "the inverse of " + name(change))
        : rule.change(change);
  }

  /** Returns whether the change is Liquibase's own, and not from an application or an extension. */
  private static boolean isLiquibasesOwn(Change change) {
    return change.getClass().getName().startsWith("liquibase.change.core.");
  }

  private static String name(Change change) {
    return String.valueOf(change.getSerializedObjectName());
  }
}
