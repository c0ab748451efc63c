// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build.structure;

import dev.schemaguard.dialect.Schemas;
import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.structure.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Patterns of the tables that a schema file leaves out. A pattern is compared with the table's
 * name, and with {@code schema.table} if the table is in a further schema. The rules are those of
 * SQL's LIKE, as for the schemas of tenants.
 *
 * @param patterns without duplicates
 */
public record LeftOut(List<String> patterns) {

  /** Copies the patterns. */
  public LeftOut {
    patterns = List.copyOf(patterns);
  }

  /**
   * Returns the patterns of a file and the additional ones, without duplicates.
   *
   * @throws ConfigurationException if an additional one is blank, or contains a character that a
   *     line of the file cannot
   */
  public static LeftOut of(Collection<String> ofFile, Collection<String> additional) {
    Set<String> all = new LinkedHashSet<>(ofFile);
    for (String pattern : additional) {
      if (pattern.isBlank() || pattern.chars().anyMatch(Character::isISOControl)) {
        throw new ConfigurationException(
            "leave-out",
            pattern.isBlank() ? "a pattern is empty" : "a pattern contains a control character",
            "Write one such as audit_%.");
      }
      all.add(pattern.strip());
    }
    return new LeftOut(List.copyOf(all));
  }

  /** Returns the patterns that match none of these tables. */
  public List<String> unmatched(Collection<TableName> tables) {
    List<String> unmatched = new ArrayList<>();
    for (String pattern : patterns) {
      if (matches(pattern, tables).isEmpty()) {
        unmatched.add(pattern);
      }
    }
    return unmatched;
  }

  /** Returns the tables that any of the patterns matches. */
  Set<TableName> matches(Collection<TableName> tables) {
    Set<TableName> matches = new HashSet<>();
    for (String pattern : patterns) {
      matches.addAll(matches(pattern, tables));
    }
    return matches;
  }

  private static Set<TableName> matches(String pattern, Collection<TableName> tables) {
    List<String> names = new ArrayList<>();
    for (TableName table : tables) {
      names.add(table.name());
      names.add(qualified(table));
    }
    Set<String> matching = new HashSet<>(Schemas.matching(names, pattern));
    Set<TableName> matches = new HashSet<>();
    for (TableName table : tables) {
      if (matching.contains(table.name()) || matching.contains(qualified(table))) {
        matches.add(table);
      }
    }
    return matches;
  }

  private static String qualified(TableName table) {
    return table.schema() == null ? table.name() : table.schema() + "." + table.name();
  }
}
