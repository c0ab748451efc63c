// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The databases that a changeset runs on, as Liquibase interprets its {@code dbms} attribute
 * ({@code liquibase.database.DatabaseList}): only the named ones, or all except those.
 */
record DbmsList(boolean allBut, SortedSet<String> names) {

  /**
   * Interprets {@code definition}: {@code all} takes precedence over {@code none}, and {@code !x}
   * excludes x.
   */
  static DbmsList of(Collection<String> definition) {
    SortedSet<String> included = new TreeSet<>();
    SortedSet<String> excluded = new TreeSet<>();
    for (String entry : definition) {
      String name = entry.strip().toLowerCase(Locale.ROOT);
      if (name.startsWith("!")) {
        excluded.add(name.substring(1));
      } else if (!name.isEmpty()) {
        included.add(name);
      }
    }
    if (included.contains("all")) {
      return new DbmsList(true, new TreeSet<>());
    }
    if (included.contains("none")) {
      return new DbmsList(false, new TreeSet<>());
    }
    if (included.isEmpty()) {
      return new DbmsList(true, excluded);
    }
    included.removeAll(excluded);
    return new DbmsList(false, included);
  }

  /** Returns whether the list contains no database. */
  boolean isEmpty() {
    return !allBut && names.isEmpty();
  }

  /** Returns whether the list contains a database product. */
  boolean includes(String product) {
    return names.contains(product) != allBut;
  }

  /** Returns the databases that are in both lists. */
  DbmsList and(DbmsList other) {
    if (allBut && !other.allBut) {
      return other.and(this);
    }
    SortedSet<String> result = new TreeSet<>(names);
    if (allBut) {
      result.addAll(other.names);
    } else if (other.allBut) {
      result.removeAll(other.names);
    } else {
      result.retainAll(other.names);
    }
    return new DbmsList(allBut, result);
  }

  /** Returns the databases that are in either list. */
  DbmsList or(DbmsList other) {
    return complement().and(other.complement()).complement();
  }

  private DbmsList complement() {
    return new DbmsList(!allBut, names);
  }

  /**
   * Returns the shortest definition that Liquibase would interpret as this list; empty for every
   * database.
   */
  List<String> definition() {
    if (allBut) {
      return names.stream().map(name -> "!" + name).toList();
    }
    return names.isEmpty() ? List.of("none") : List.copyOf(names);
  }
}
