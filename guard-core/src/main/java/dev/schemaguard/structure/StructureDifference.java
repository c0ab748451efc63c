// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

import java.util.List;

/**
 * What this version needs and the database does not provide. Immutable.
 *
 * @param missing the tables, views, columns and keys that are not there
 * @param changed the columns whose type or value this version cannot use, each with the difference
 * @param newlyRequired the columns that every INSERT now has to name
 * @param since the revisions that the lines of what differs name by {@code since=}, each once
 */
public record StructureDifference(
    List<String> missing, List<String> changed, List<String> newlyRequired, List<String> since) {

  /** Copies the lists. */
  public StructureDifference {
    missing = List.copyOf(missing);
    changed = List.copyOf(changed);
    newlyRequired = List.copyOf(newlyRequired);
    since = List.copyOf(since);
  }

  /** Returns whether there is none. */
  public boolean isEmpty() {
    return missing.isEmpty() && changed.isEmpty() && newlyRequired.isEmpty();
  }
}
