// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Collections;
import java.util.List;
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

    private final SortedMap<TableName, Table.Builder> tables = new TreeMap<>();

    /** Returns the table with this name, which may be new. */
    public Table.Builder table(@Nullable String schema, String name, boolean view) {
      return tables.computeIfAbsent(
          new TableName(schema, name), key -> new Table.Builder(key, view));
    }

    /** Returns what was collected. */
    public DatabaseStructure build() {
      SortedMap<TableName, Table> all = new TreeMap<>();
      tables.forEach((name, table) -> all.put(name, table.build()));
      return new DatabaseStructure(Collections.unmodifiableSortedMap(all));
    }
  }

  /** Returns the tables in the order of their names. */
  public List<Table> sorted() {
    return List.copyOf(tables.values());
  }
}
