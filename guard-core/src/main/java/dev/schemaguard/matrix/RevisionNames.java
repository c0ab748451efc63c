// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names by which the revisions of a chain are found: the present ones, the former ones, and the
 * canonical form of names that are not written in it. No name belongs to two revisions.
 */
final class RevisionNames {

  private final RevisionNameIndex names;
  private final RevisionPlaces places;

  /** The former names, and the canonical form of names that are not written in it. */
  private final Map<String, Integer> otherNames = new HashMap<>();

  /**
   * Creates the names of a chain.
   *
   * @param attributed the revisions that have attributes, by their positions
   * @throws ConfigurationException if two revisions have the same name
   */
  RevisionNames(List<String> names, Map<Integer, Revision> attributed, RevisionPlaces places) {
    this.names = new RevisionNameIndex(names);
    this.places = places;
    for (int i = 0; i < names.size(); i++) {
      addOtherNames(i, names.get(i), attributed.get(i));
    }
    requireIdsNamedOnce(attributed);
  }

  int size() {
    return names.size();
  }

  String get(int position) {
    return names.get(position);
  }

  /** Returns the position of the revision with exactly this name, or -1. */
  int indexOf(String name) {
    int index = indexOfCanonical(name);
    return index >= 0 ? index : indexOfCanonical(ChangesetKey.canonical(name));
  }

  /** Returns the same; {@code likely} is the position where the revision probably is. */
  int indexOf(String name, int likely) {
    return names.isAt(likely, name) ? likely : indexOf(name);
  }

  private int indexOfCanonical(String name) {
    int index = names.indexOf(name);
    return index >= 0 || otherNames.isEmpty() ? index : otherNames.getOrDefault(name, -1);
  }

  /** Returns the position of the first revision with this short name, or -1. */
  int indexOfShortName(String shortName) {
    return names.indexOfShortName(shortName);
  }

  /** Returns whether all short names differ. */
  boolean shortNamesDiffer() {
    return names.shortNamesDiffer();
  }

  private void addOtherNames(int position, String name, @Nullable Revision known) {
    int duplicate = names.namesDiffer() ? position : names.indexOf(name);
    if (duplicate != position) {
      throw namedTwice(name, position, duplicate);
    }
    String canonical = ChangesetKey.canonical(name);
    if (!canonical.equals(name)) {
      put(canonical, name, position);
    }
    for (String former : known == null ? List.<String>of() : known.was()) {
      put(ChangesetKey.canonical(former), former, position);
    }
  }

  private void put(String canonical, String name, int position) {
    int duplicate = indexOfCanonical(canonical);
    if (duplicate >= 0) {
      throw namedTwice(name, position, duplicate);
    }
    otherNames.put(canonical, position);
  }

  private ConfigurationException namedTwice(String name, int position, int duplicate) {
    return new ConfigurationException(
        places.of(position),
        "'" + name + "' stands in the chain already, at " + places.of(duplicate),
        "Remove one of the two; verify() does so when it regenerates the file.");
  }

  /**
   * Refuses a line with only an id if another line has the complete key with the same id, because
   * both would refer to the same changeset.
   */
  private void requireIdsNamedOnce(Map<Integer, Revision> attributed) {
    boolean possible = names.holdsShortNames() || !otherNames.isEmpty();
    for (int i = 0; possible && i < names.size(); i++) {
      requireIdNamedOnce(names.get(i), i);
    }
    for (Map.Entry<Integer, Revision> line : attributed.entrySet()) {
      for (String former : line.getValue().was()) {
        requireIdNamedOnce(former, line.getKey());
      }
    }
  }

  private void requireIdNamedOnce(String name, int position) {
    String id = ChangesetKey.shortName(name);
    int duplicate = id.equals(name) ? position : indexOfCanonical(id);
    if (duplicate >= 0 && duplicate != position) {
      throw new ConfigurationException(
          places.of(position),
          "'" + name + "' is named by its id alone already, at " + places.of(duplicate),
          "Remove one of the two, or write path::id::author in both.");
    }
  }
}
