// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;

/**
 * The names of a chain in its order, indexed by the whole name and by the {@linkplain
 * ChangesetKey#shortName short name}. An application keeps them in memory as long as it runs, so
 * they are stored as one text and a few numbers per name instead of objects. Immutable.
 */
final class RevisionNameIndex {

  /**
   * A hash table with open addressing. Each slot contains the position of a name plus one, or 0 if
   * it is free.
   */
  private final int[] byName;

  private final int[] byShortName;
  private final int[] ends;
  private final String text;
  private final boolean namesDiffer;
  private final boolean shortNamesDiffer;
  private final boolean holdsShortNames;

  /** Creates an index of these names. If names are equal, the first one is found. */
  RevisionNameIndex(List<String> names) {
    ends = new int[names.size()];
    int capacity = capacity(names.size());
    byName = new int[capacity];
    byShortName = new int[capacity];
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < ends.length; i++) {
      all.append(names.get(i));
      ends[i] = all.length();
    }
    text = all.toString();
    boolean differ = true;
    for (int i = 0; i < ends.length; i++) {
      differ &= put(byName, names.get(i), i, false);
    }
    namesDiffer = differ;
    boolean shortDiffer = true;
    boolean holdsShort = false;
    for (int i = 0; i < ends.length; i++) {
      String name = names.get(i);
      String shortName = ChangesetKey.shortName(name);
      shortDiffer &= put(byShortName, shortName, i, true);
      holdsShort |= !shortName.equals(name) && indexOf(shortName) >= 0;
    }
    shortNamesDiffer = shortDiffer;
    holdsShortNames = holdsShort;
  }

  /**
   * Returns a power of two, so that the bits of a hash are a slot. At most two thirds of the slots
   * are used.
   */
  private static int capacity(int size) {
    int capacity = 4;
    while (capacity < size + size / 2) {
      capacity *= 2;
    }
    return capacity;
  }

  /** Adds a key and returns whether no earlier name has the same key. */
  private boolean put(int[] slots, String key, int position, boolean isShort) {
    int slot = slot(slots, key, isShort);
    boolean first = slots[slot] == 0;
    if (first) {
      slots[slot] = position + 1;
    }
    return first;
  }

  /** Returns the slot of this key, or the free slot where it would be. */
  private int slot(int[] slots, String key, boolean isShort) {
    int hash = key.hashCode() * 0x9E3779B9;
    int slot = (hash >>> 16 ^ hash) & (slots.length - 1);
    while (slots[slot] != 0 && !isAt(slots[slot] - 1, key, isShort)) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private boolean isAt(int position, String key, boolean isShort) {
    if (isShort) {
      return ChangesetKey.shortName(get(position)).equals(key);
    }
    return isAt(position, key);
  }

  /** Returns whether the position exists and has this name. */
  boolean isAt(int position, String name) {
    return position >= 0
        && position < ends.length
        && ends[position] - start(position) == name.length()
        && text.startsWith(name, start(position));
  }

  private int start(int position) {
    return position == 0 ? 0 : ends[position - 1];
  }

  int size() {
    return ends.length;
  }

  String get(int position) {
    return text.substring(start(position), ends[position]);
  }

  /** Returns the position of the first name that equals {@code name}, or -1. */
  int indexOf(String name) {
    return byName[slot(byName, name, false)] - 1;
  }

  /** Returns the position of the first name with this short name, or -1. */
  int indexOfShortName(String shortName) {
    return byShortName[slot(byShortName, shortName, true)] - 1;
  }

  /** Returns whether all names differ. */
  boolean namesDiffer() {
    return namesDiffer;
  }

  /** Returns whether the short name of one name is the whole name of another. */
  boolean holdsShortNames() {
    return holdsShortNames;
  }

  /** Returns whether all short names differ, so that a short name identifies a name. */
  boolean shortNamesDiffer() {
    return shortNamesDiffer;
  }
}
