// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import liquibase.change.Change;
import org.jspecify.annotations.Nullable;

/**
 * A rule that converts a Liquibase change type that needs only the names in the change.
 *
 * @param kind the kind of change
 * @param object the attribute that names the table or other object
 * @param columns the attribute that names columns of the table; empty if there is none
 */
record LiquibaseRule(ChangeKind kind, String object, String columns) {

  private static final Map<String, LiquibaseRule> RULES =
      Map.ofEntries(
          entry("addAutoIncrement", ofColumn(ChangeKind.ADD_AUTO_INCREMENT)),
          entry("addDefaultValue", ofColumn(ChangeKind.SET_DEFAULT)),
          entry(
              "addLookupTable",
              new LiquibaseRule(
                  ChangeKind.ADD_FOREIGN_KEY, "existingTableName", "existingColumnName")),
          entry("addNotNullConstraint", ofColumn(ChangeKind.SET_NOT_NULL)),
          entry("addPrimaryKey", ofColumns(ChangeKind.ADD_PRIMARY_KEY)),
          entry("addUniqueConstraint", ofColumns(ChangeKind.ADD_UNIQUE)),
          entry("alterSequence", of(ChangeKind.ALTER_SEQUENCE, "sequenceName")),
          entry("createProcedure", of(ChangeKind.CODE, "procedureName")),
          entry("createSequence", of(ChangeKind.CREATE_OBJECT, "sequenceName")),
          entry("delete", of(ChangeKind.DELETE, "tableName")),
          entry("dropAllForeignKeyConstraints", of(ChangeKind.DROP_CONSTRAINT, "baseTableName")),
          entry("dropColumn", ofColumn(ChangeKind.DROP_COLUMN)),
          entry("dropDefaultValue", ofColumn(ChangeKind.DROP_DEFAULT)),
          entry("dropForeignKeyConstraint", of(ChangeKind.DROP_CONSTRAINT, "baseTableName")),
          entry("dropIndex", of(ChangeKind.DROP_INDEX, "indexName")),
          entry("dropNotNullConstraint", ofColumn(ChangeKind.DROP_NOT_NULL)),
          entry("dropPrimaryKey", of(ChangeKind.DROP_UNIQUE, "tableName")),
          entry("dropProcedure", of(ChangeKind.DROP_OBJECT, "procedureName")),
          entry("dropSequence", of(ChangeKind.DROP_OBJECT, "sequenceName")),
          entry("dropTable", of(ChangeKind.DROP_TABLE, "tableName")),
          entry("dropUniqueConstraint", of(ChangeKind.DROP_UNIQUE, "tableName")),
          entry("dropView", of(ChangeKind.DROP_VIEW, "viewName")),
          entry("empty", of(ChangeKind.NOTHING, "")),
          entry("executeCommand", of(ChangeKind.CODE, "executable")),
          entry("insert", of(ChangeKind.INSERT, "tableName")),
          entry("loadData", of(ChangeKind.INSERT, "tableName")),
          entry("loadUpdateData", of(ChangeKind.UPDATE, "tableName")),
          entry(
              "mergeColumns",
              new LiquibaseRule(ChangeKind.DROP_COLUMN, "tableName", "column1Name,column2Name")),
          entry("modifyDataType", ofColumn(ChangeKind.ALTER_TYPE)),
          entry("output", of(ChangeKind.NOTHING, "")),
          entry(
              "renameColumn",
              new LiquibaseRule(ChangeKind.RENAME_COLUMN, "tableName", "oldColumnName")),
          entry("renameSequence", of(ChangeKind.RENAME_OBJECT, "oldSequenceName")),
          entry("renameTable", of(ChangeKind.RENAME_TABLE, "oldTableName")),
          entry("renameView", of(ChangeKind.RENAME_OBJECT, "oldViewName")),
          entry("setColumnRemarks", ofColumn(ChangeKind.COMMENT)),
          entry("setTableRemarks", of(ChangeKind.COMMENT, "tableName")),
          entry("stop", of(ChangeKind.NOTHING, "")),
          entry("tagDatabase", of(ChangeKind.NOTHING, "tag")));

  private static LiquibaseRule of(ChangeKind kind, String object) {
    return new LiquibaseRule(kind, object, "");
  }

  private static LiquibaseRule ofColumn(ChangeKind kind) {
    return new LiquibaseRule(kind, "tableName", "columnName");
  }

  private static LiquibaseRule ofColumns(ChangeKind kind) {
    return new LiquibaseRule(kind, "tableName", "columnNames");
  }

  /** Returns the rule for a change's type; null if there is none. */
  static @Nullable LiquibaseRule of(Change change) {
    return RULES.get(change.getSerializedObjectName());
  }

  SchemaChange change(Change change) {
    String name = object.isEmpty() ? change.getSerializedObjectName() : qualified(change, object);
    List<String> meant =
        Arrays.stream(columns.split(",", -1)).flatMap(c -> columns(change, c).stream()).toList();
    return SchemaChange.of(kind, name, meant);
  }

  /** Returns the name in that attribute, qualified by the schema if there is one. */
  static String qualified(Change change, String attribute) {
    return qualified(change, "schemaName", attribute);
  }

  static String qualified(Change change, String schemaAttribute, String attribute) {
    String schema = text(change, schemaAttribute);
    return schema.isEmpty() ? text(change, attribute) : schema + "." + text(change, attribute);
  }

  /** Returns the names in an attribute, which are separated by commas. */
  static List<String> columns(Change change, String attribute) {
    return Arrays.stream(text(change, attribute).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /** Returns an attribute of a change; empty if it is not set or does not exist. */
  static String text(Change change, String attribute) {
    Object value =
        change.getSerializableFields().contains(attribute)
            ? change.getSerializableFieldValue(attribute)
            : null;
    return value == null ? "" : value.toString().strip();
  }
}
