// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Refuses a chain in which a line refers to a parent or a replacement that is not in it. */
final class RevisionReferences {

  private final RevisionNames names;
  private final RevisionPlaces places;
  private final Map<Integer, Revision> attributed;

  private RevisionReferences(
      RevisionNames names, RevisionPlaces places, Map<Integer, Revision> attributed) {
    this.names = names;
    this.places = places;
    this.attributed = attributed;
  }

  /**
   * Checks the references between the lines of a chain.
   *
   * @param attributed the revisions that have attributes, by their positions
   * @throws ConfigurationException if a parent does not come before its line, or if replacements
   *     lead to no line or into a circle
   */
  static void check(RevisionNames names, RevisionPlaces places, Map<Integer, Revision> attributed) {
    RevisionReferences references = new RevisionReferences(names, places, attributed);
    references.requireKnownParents();
    references.requireEndOfReplacements();
  }

  private void requireKnownParents() {
    for (Map.Entry<Integer, Revision> line : attributed.entrySet()) {
      int i = line.getKey();
      Revision revision = line.getValue();
      for (String parent : revision.parents() == null ? List.<String>of() : revision.parents()) {
        if (names.indexOf(parent) < 0 || names.indexOf(parent) >= i) {
          throw new ConfigurationException(
              places.of(i),
              "'"
                  + revision.name()
                  + "' names the parent '"
                  + parent
                  + "', which no line before has",
              "Write the parent's whole name, and its line before this one.");
        }
      }
    }
  }

  private void requireEndOfReplacements() {
    BitSet ending = new BitSet(names.size());
    for (int start : attributed.keySet()) {
      BitSet seen = new BitSet();
      Revision revision = attributed.get(start);
      for (int at = start; revision != null && revision.replacedBy() != null && !ending.get(at); ) {
        seen.set(at);
        at = requireReplacement(at, revision);
        if (seen.get(at)) {
          throw new ConfigurationException(
              places.of(at),
              "'" + names.get(at) + "' is replaced in a circle",
              "Write the whole name of the revision that it was squashed into.");
        }
        revision = attributed.get(at);
      }
      ending.or(seen);
    }
  }

  private int requireReplacement(int position, Revision revision) {
    int replacement = names.indexOf(String.valueOf(revision.replacedBy()));
    if (replacement < 0) {
      throw new ConfigurationException(
          places.of(position),
          "'"
              + revision.name()
              + "' is replaced by '"
              + revision.replacedBy()
              + "', which no line has",
          "Write the whole name of the revision that it was squashed into.");
    }
    return replacement;
  }
}
