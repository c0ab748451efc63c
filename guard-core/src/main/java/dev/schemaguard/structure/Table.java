// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table or view as the catalog shows it. Immutable.
 *
 * @param view whether it is a view
 * @param columns the columns by their names
 * @param keys the columns of its primary key, its unique constraints and its plain unique indexes,
 *     without regard to their order
 * @param readOnly the columns of a view that no INSERT may name: all of them if it takes no INSERT
 */
public record Table(
    TableName name,
    boolean view,
    SortedMap<String, Column> columns,
    List<Key> keys,
    SortedSet<String> readOnly) {

  /** Makes the collections unmodifiable. */
  public Table {
    columns = Collections.unmodifiableSortedMap(columns);
    keys = List.copyOf(keys);
    readOnly = Collections.unmodifiableSortedSet(readOnly);
  }

  /** A table while its columns and keys arrive. Used by one thread. */
  public static final class Builder {

    private final TableName name;
    private final boolean view;
    private final LetterCase letterCase;
    private final SortedMap<String, Column> columns;
    private final SortedSet<String> readOnly;
    private final Map<String, SortedSet<String>> keys = new TreeMap<>();

    /** Begins a table without columns. */
    Builder(TableName name, boolean view, LetterCase letterCase) {
      this.name = name;
      this.view = view;
      this.letterCase = letterCase;
      columns = new TreeMap<>(letterCase.columns());
      readOnly = new TreeSet<>(letterCase.columns());
    }

    /** Adds a column. */
    public void add(Column column) {
      columns.put(column.name(), column);
    }

    /** Adds a column of a view that no INSERT may name. */
    public void addReadOnly(Column column) {
      add(column);
      readOnly.add(column.name());
    }

    /** Adds a column of a key. */
    public void addToKey(String key, String column) {
      SortedSet<String> names = keys.get(key);
      if (names == null) {
        names = new TreeSet<>(letterCase.columns());
        keys.put(key, names);
      }
      names.add(column);
    }

    /** Returns the table. */
    Table build() {
      // Two constraints may have the same columns.
      Set<Key> different = new TreeSet<>();
      for (SortedSet<String> columnsOfKey : keys.values()) {
        different.add(new Key(columnsOfKey));
      }
      return new Table(name, view, columns, List.copyOf(different), readOnly);
    }
  }

  /** Returns the keys in the order in which the schema file lists them. */
  public List<Key> sortedKeys() {
    return keys;
  }

  /** Returns whether it has a key of exactly these columns. */
  boolean hasKey(Key key) {
    for (Key each : keys) {
      // The set of a product that ignores letter case finds a name in any letter case.
      if (each.columns().size() == key.columns().size()
          && each.columns().containsAll(key.columns())) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether no INSERT may name a column of it. */
  boolean takesNoInsert() {
    return view && readOnly.size() == columns.size();
  }
}
