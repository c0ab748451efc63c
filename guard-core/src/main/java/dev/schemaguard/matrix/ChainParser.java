// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the lines of {@code revisions.txt}. */
final class ChainParser {

  private final String origin;
  private final List<String> names = new ArrayList<>();
  private final Map<Integer, Revision> attributed = new TreeMap<>();
  private final BitSet numbers = new BitSet();
  private boolean saysNoMigrations;

  ChainParser(String origin) {
    this.origin = origin;
  }

  /** Reads the whole text of a file. */
  void parse(String text) {
    int number = 0;
    for (String line : TextLines.of(text)) {
      number++;
      if (!line.isBlank() && line.charAt(0) != '#') {
        add(line, number);
        numbers.set(number);
      } else if (line.strip().equals(RevisionChain.NO_MIGRATIONS)) {
        saysNoMigrations = true;
      }
    }
  }

  /**
   * Avoids work for the common case: most lines are only a name, and a chain may have thousands.
   */
  private void add(String line, int number) {
    if (line.indexOf('\t') < 0) {
      RevisionNameRules.require(line, origin, number);
      names.add(line);
      return;
    }
    Revision revision = revision(line, number);
    if (revision.hasAttributes()) {
      attributed.put(names.size(), revision);
    }
    names.add(revision.name());
  }

  /** Returns the names of the revisions, in the order of the file. */
  List<String> names() {
    return names;
  }

  /** Returns the revisions that have attributes, by their positions in the chain. */
  Map<Integer, Revision> attributed() {
    return attributed;
  }

  /** Returns the numbers of the lines in which {@link #parse} found a revision, counted from 1. */
  BitSet numbers() {
    return numbers;
  }

  /**
   * Returns whether a comment says that the application has no migrations yet, and no line
   * contradicts it.
   */
  boolean saysNoMigrations() {
    return saysNoMigrations && names.isEmpty();
  }

  Revision revision(String line, int number) {
    if (line.indexOf('\t') < 0) {
      RevisionNameRules.require(line, origin, number);
      return Revision.of(line);
    }
    String[] parts = line.split("\t", -1);
    RevisionNameRules.require(parts[0], origin, number);
    RevisionAttributes attributes = new RevisionAttributes(origin, number);
    for (int i = 1; i < parts.length; i++) {
      attributes.add(parts[i].strip());
    }
    return attributes.of(parts[0]);
  }
}
