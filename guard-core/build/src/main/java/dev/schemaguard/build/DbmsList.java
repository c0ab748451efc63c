// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The databases that a changeset runs on, with the meaning that Liquibase gives its {@code dbms}
 * attribute ({@code liquibase.database.DatabaseList}): these names, or all but these.
 */
record DbmsList(boolean allBut, SortedSet<String> names) {

  /** What {@code definition} means: {@code all} before {@code none}, {@code !x} excludes x. */
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

  /** Whether there is no database in the list. */
  boolean isEmpty() {
    return !allBut && names.isEmpty();
  }

  /** Whether a database product is one of them. */
  boolean includes(String product) {
    return names.contains(product) != allBut;
  }

  /** The databases of both lists. */
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

  /** The databases of either list. */
  DbmsList or(DbmsList other) {
    return complement().and(other.complement()).complement();
  }

  private DbmsList complement() {
    return new DbmsList(!allBut, names);
  }

  /** The shortest list that Liquibase would understand so; empty: every database. */
  List<String> definition() {
    if (allBut) {
      return names.stream().map(name -> "!" + name).toList();
    }
    return names.isEmpty() ? List.of("none") : List.copyOf(names);
  }
}
