// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.List;

/**
 * The names of a chain in its order, each found by itself and by its {@linkplain
 * ChangesetKey#shortName short name}. An application keeps them as long as it runs, so they are one
 * text and a few numbers each instead of objects. Immutable.
 */
final class RevisionNameIndex {

  /** The position of a name, plus one, in the first free slot from that of its hash on; 0: free. */
  private final int[] byName;

  private final int[] byShortName;
  private final int[] ends;
  private final String text;
  private final boolean namesDiffer;
  private final boolean shortNamesDiffer;
  private final boolean holdsShortNames;

  /** A store of these names; of equal ones the first is found. */
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

  /** A power of two, so that the hash's bits are the slot, and at most two thirds of it used. */
  private static int capacity(int size) {
    int capacity = 4;
    while (capacity < size + size / 2) {
      capacity *= 2;
    }
    return capacity;
  }

  /** Whether no name before it was equal. */
  private boolean put(int[] slots, String key, int position, boolean isShort) {
    int slot = slot(slots, key, isShort);
    boolean first = slots[slot] == 0;
    if (first) {
      slots[slot] = position + 1;
    }
    return first;
  }

  /** The slot of this key, or the free one where it would be. */
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

  /** Whether there is such a position, and this name at it. */
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

  /** The position of the first name that is exactly this, or -1. */
  int indexOf(String name) {
    return byName[slot(byName, name, false)] - 1;
  }

  /** The position of the first name with this short name, or -1. */
  int indexOfShortName(String shortName) {
    return byShortName[slot(byShortName, shortName, true)] - 1;
  }

  /** Whether no two names are equal. */
  boolean namesDiffer() {
    return namesDiffer;
  }

  /** Whether the short name of one is the whole name of another. */
  boolean holdsShortNames() {
    return holdsShortNames;
  }

  /** Whether a short name is enough to tell a name from all others. */
  boolean shortNamesDiffer() {
    return shortNamesDiffer;
  }
}
