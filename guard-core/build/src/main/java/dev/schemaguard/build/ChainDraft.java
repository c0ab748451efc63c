// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ChangesetKey;
import dev.schemaguard.matrix.Revision;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The lines of a revision chain during an update, in order, with each name only once. */
final class ChainDraft {

  private final String origin;
  private final List<ChainLine> lines = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final List<ChainChange> changes = new ArrayList<>();

  ChainDraft(String origin) {
    this.origin = origin;
  }

  List<ChainLine> lines() {
    return lines;
  }

  List<ChainChange> changes() {
    return changes;
  }

  /** Adds a line of the file, unless an earlier line is the same revision. */
  void keep(ChainLine line) {
    Revision revision = line.revision();
    int duplicate = revision == null ? -1 : positionOfAnyName(revision);
    if (revision == null || duplicate < 0) {
      add(line);
      return;
    }
    changes.add(new ChainChange(ChainChange.Kind.DROPPED, revision.name(), line.text(), null));
    Revision merged = new DuplicateLineMerge(origin, revision(duplicate), revision).merged();
    replace(duplicate, merged, ChainChange.Kind.CHANGED);
  }

  void append(Revision revision, ChainChange.Kind kind) {
    ChainLine line = ChainLine.of(revision);
    changes.add(new ChainChange(kind, revision.name(), null, line.text()));
    add(line);
  }

  /** Writes {@code revision} to the line at {@code position}, if that changes anything. */
  void replace(int position, Revision revision, ChainChange.Kind kind) {
    ChainLine before = lines.get(position);
    if (!revision.equals(before.revision())) {
      ChainLine after = ChainLine.of(revision);
      changes.add(new ChainChange(kind, revision.name(), before.text(), after.text()));
      lines.set(position, after);
      names(revision).forEach(name -> positions.put(name, position));
    }
  }

  Revision revision(int position) {
    return Objects.requireNonNull(lines.get(position).revision());
  }

  /**
   * Returns the position of the line for the revision {@code name}, or -1. It is a line with that
   * name or former name, else one that contains only the id.
   */
  int positionOf(String name) {
    Integer whole = positions.get(ChangesetKey.canonical(name));
    if (whole != null) {
      return whole;
    }
    return ChangesetKey.parse(name).map(key -> positions.getOrDefault(key.id(), -1)).orElse(-1);
  }

  /** Returns whether these revisions, and all that precede them, are on lines above a position. */
  boolean areAllAbove(int position, List<String> names) {
    BitSet reached = new BitSet();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      int found = positionOf(open.pop());
      if (found < 0 || found >= position) {
        return false;
      }
      List<String> parents = revision(found).parents();
      if (parents == null) {
        reached.set(0, found);
      } else if (!reached.get(found)) {
        open.addAll(parents);
      }
      reached.set(found);
    }
    return IntStream.range(0, position)
        .allMatch(line -> reached.get(line) || lines.get(line).revision() == null);
  }

  private int positionOfAnyName(Revision revision) {
    return names(revision).map(name -> positions.getOrDefault(name, -1)).reduce(-1, Math::max);
  }

  private void add(ChainLine line) {
    if (line.revision() != null) {
      names(line.revision()).forEach(name -> positions.put(name, lines.size()));
    }
    lines.add(line);
  }

  private static Stream<String> names(Revision revision) {
    return Stream.concat(Stream.of(revision.name()), revision.was().stream())
        .map(ChangesetKey::canonical);
  }
}
