// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Columns of which no two rows have the same values.
 *
 * @param columns their names, sorted
 */
public record Key(SortedSet<String> columns) implements Comparable<Key> {

  /** Copies the names, with their order. */
  public Key {
    columns = Collections.unmodifiableSortedSet(new TreeSet<>(columns));
  }

  /** Creates a key of these columns. */
  Key(Collection<String> columns) {
    this(new TreeSet<>(columns));
  }

  @Override
  public int compareTo(Key other) {
    return toString().compareTo(other.toString());
  }

  /** Returns the line of the schema file for it, without attributes. */
  @Override
  public String toString() {
    List<String> names = new ArrayList<>();
    for (String column : columns) {
      names.add(Name.spell(column));
    }
    Collections.sort(names);
    return "key (" + String.join(", ", names) + ")";
  }
}
