// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.structure.Column;
import dev.schemaguard.structure.Key;
import dev.schemaguard.structure.LineAttributes;
import dev.schemaguard.structure.SchemaFile;
import dev.schemaguard.structure.SchemaFile.FileColumn;
import dev.schemaguard.structure.SchemaFile.FileKey;
import dev.schemaguard.structure.SchemaFile.FileTable;
import dev.schemaguard.structure.Table;
import dev.schemaguard.structure.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Updates a schema file from the tables of a database at the head of the chain. A pure function.
 *
 * <p>A line that is new or differs gets {@code since=} with the head. If several migrations arrived
 * since the last update, that is the newest of them: until it is applied, the line is not required.
 *
 * @param dbms Liquibase's short name of the database product
 * @param head the chain's head, as {@code since=} refers to it
 */
public record SchemaFileMerge(String dbms, String head) {

  /**
   * Returns the updated file.
   *
   * @param before the existing file; one without tables is a new one
   * @param now the tables in the order of their names
   * @param leftOut the patterns that the result lists
   */
  public SchemaFile merge(SchemaFile before, List<Table> now, LeftOut leftOut) {
    boolean first = before.tables().isEmpty();
    Map<TableName, FileTable> known = new HashMap<>();
    for (FileTable table : before.tables()) {
      known.put(table.name(), table);
    }
    List<FileTable> tables = new ArrayList<>();
    for (Table table : now) {
      FileTable line = known.get(table.name());
      LineAttributes ofNew = first ? LineAttributes.NONE : sinceHead();
      tables.add(line == null ? added(table, ofNew) : merged(line, table));
    }
    String since = first ? head : before.since();
    return new SchemaFile(before.origin(), since, leftOut.patterns(), tables);
  }

  private LineAttributes sinceHead() {
    return new LineAttributes(head, null, false);
  }

  /** Returns a new table. The attributes of its line hold for all lines below it. */
  private static FileTable added(Table table, LineAttributes attributes) {
    List<FileColumn> columns = new ArrayList<>();
    for (Column column : table.columns().values()) {
      columns.add(new FileColumn(column, LineAttributes.NONE));
    }
    List<FileKey> keys = new ArrayList<>();
    for (Key key : table.sortedKeys()) {
      keys.add(new FileKey(key, LineAttributes.NONE));
    }
    return new FileTable(table.name(), table.view(), attributes, columns, keys);
  }

  private FileTable merged(FileTable before, Table now) {
    boolean isNew = head.equals(before.attributes().since());
    LineAttributes ofNew = isNew ? LineAttributes.NONE : sinceHead();
    Map<String, FileColumn> knownColumns = new HashMap<>();
    for (FileColumn each : before.columns()) {
      knownColumns.put(each.column().name(), each);
    }
    List<FileColumn> columns = new ArrayList<>();
    for (Column column : now.columns().values()) {
      FileColumn known = knownColumns.get(column.name());
      columns.add(new FileColumn(column, known == null ? ofNew : attributes(known, column, isNew)));
    }
    Map<Key, LineAttributes> knownKeys = new HashMap<>();
    for (FileKey each : before.keys()) {
      knownKeys.put(each.key(), each.attributes());
    }
    List<FileKey> keys = new ArrayList<>();
    for (Key key : now.sortedKeys()) {
      keys.add(new FileKey(key, knownKeys.getOrDefault(key, ofNew)));
    }
    return new FileTable(now.name(), now.view(), before.attributes(), columns, keys);
  }

  private LineAttributes attributes(FileColumn known, Column now, boolean tableIsNew) {
    LineAttributes before = known.attributes();
    if (known.column().equals(now)) {
      return before;
    }
    if (tableIsNew) {
      return new LineAttributes(null, null, before.unused());
    }
    return new ChangedColumn(dbms, head, known).attributes(now);
  }
}
