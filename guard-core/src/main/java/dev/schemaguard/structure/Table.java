// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table or view as the catalog shows it. Immutable.
 *
 * @param view whether it is a view
 * @param columns the columns by their names
 * @param keys the columns of its primary key, its unique constraints and its plain unique indexes,
 *     without regard to their order
 */
public record Table(
    TableName name, boolean view, SortedMap<String, Column> columns, Set<Set<String>> keys) {

  /** A table while its columns and keys arrive. */
  public static final class Builder {

    private final TableName name;
    private final boolean view;
    private final SortedMap<String, Column> columns = new TreeMap<>();
    private final Map<String, Set<String>> keys = new TreeMap<>();

    /** Begins a table without columns. */
    public Builder(TableName name, boolean view) {
      this.name = name;
      this.view = view;
    }

    /** Adds a column. */
    public void add(Column column) {
      columns.put(column.name(), column);
    }

    /** Adds a column of a key. */
    public void addToKey(String key, String column) {
      keys.computeIfAbsent(key, each -> new TreeSet<>()).add(column);
    }

    /** Returns the table. */
    Table build() {
      return new Table(name, view, columns, Set.copyOf(keys.values()));
    }
  }

  /** Returns the keys in the order in which the schema file lists them. */
  public List<Key> sortedKeys() {
    return keys.stream().map(Key::new).sorted().toList();
  }
}
