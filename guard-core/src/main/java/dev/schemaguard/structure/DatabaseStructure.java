// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tables and views of some schemas, as the catalog shows them. Immutable.
 *
 * @param tables by their names, which have a schema if the database has schemas
 */
public record DatabaseStructure(SortedMap<TableName, Table> tables) {

  /** Collects rows of a catalog. Used by one thread. */
  public static final class Builder {

    private final LetterCase letterCase;
    private final SortedMap<TableName, Table.Builder> tables;

    /** Begins without tables. */
    public Builder(LetterCase letterCase) {
      this.letterCase = letterCase;
      tables = new TreeMap<>(letterCase.tables());
    }

    /** Returns the table with this name, which may be new. */
    public Table.Builder table(@Nullable String schema, String name, boolean view) {
      TableName key = new TableName(schema, name);
      Table.Builder table = tables.get(key);
      if (table == null) {
        table = new Table.Builder(key, view, letterCase);
        tables.put(key, table);
      }
      return table;
    }

    /** Returns what was collected. */
    public DatabaseStructure build() {
      SortedMap<TableName, Table> all = new TreeMap<>(letterCase.tables());
      for (Map.Entry<TableName, Table.Builder> each : tables.entrySet()) {
        all.put(each.getKey(), each.getValue().build());
      }
      return new DatabaseStructure(Collections.unmodifiableSortedMap(all));
    }
  }

  /**
   * Returns whether there is a table or view.
   *
   * @param schema its schema, if {@code name} has none
   */
  public boolean has(TableName name, @Nullable String schema) {
    return tables.containsKey(name.in(schema));
  }

  /** Returns the tables in the order of their names. */
  public List<Table> sorted() {
    return List.copyOf(tables.values());
  }
}
