// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.sf.jsqlparser.statement.create.table.ColumnDefinition;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.table.ForeignKeyIndex;
import net.sf.jsqlparser.statement.create.table.Index;

/**
 * Parses the changes that a CREATE TABLE statement makes: the new table, and its references to
 * other tables.
 */
final class CreateTableParser {

  private final CreateTable create;
  private final String table;

  CreateTableParser(CreateTable create) {
    this.create = create;
    this.table = create.getTable().getFullyQualifiedName();
  }

  List<SchemaChange> changes() {
    List<SchemaChange> changes = new ArrayList<>();
    if (create.isOrReplace()) {
      changes.add(SchemaChange.of(ChangeKind.DROP_TABLE, table));
    }
    changes.add(
        SchemaChange.of(
            create.isIfNotExists() ? ChangeKind.CREATE_TABLE_IF_MISSING : ChangeKind.CREATE_TABLE,
            table));
    if (isPartOfAnother()) {
      changes.add(SchemaChange.of(ChangeKind.OTHER, SqlScript.shown(create.toString())));
    }
    for (ColumnDefinition column :
        Objects.requireNonNullElse(create.getColumnDefinitions(), List.<ColumnDefinition>of())) {
      changes.addAll(new ColumnParser(table, column).references());
    }
    for (Index index : Objects.requireNonNullElse(create.getIndexes(), List.<Index>of())) {
      if (index instanceof ForeignKeyIndex key) {
        changes.add(ColumnParser.reference(ChangeKind.REFERENCE_THAT_HOLDS, table, key));
      }
    }
    return changes;
  }

  /**
   * Returns whether the table is a partition or child of another table; then older versions read
   * its rows as rows of that table.
   */
  private boolean isPartOfAnother() {
    List<String> options = Objects.requireNonNullElse(create.getTableOptionsStrings(), List.of());
    return create.getPartitionOf() != null
        || options.stream()
            .anyMatch(option -> option.matches("(?i)inherits|union|drop|alter|rename|delete"));
  }
}
