// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.MigrationVersion;
import dev.schemaguard.matrix.Revision;
import dev.schemaguard.matrix.RevisionChain;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A chain as it appears to a tool that identifies a migration by its version: names are equal if
 * their numbers are equal. Immutable.
 */
public final class NumberedChain {

  private final NavigableMap<MigrationVersion, Integer> positions = new TreeMap<>();
  private final Numbering numbering;

  /**
   * Creates a view of {@code chain} by version numbers, former names included.
   *
   * @param numbering how the tool writes versions
   * @param database Liquibase's short name of the database, or null if it is not known
   * @throws ConfigurationException if two lines have the same version, or a required line does not
   *     have a version
   */
  public NumberedChain(RevisionChain chain, Numbering numbering, @Nullable String database) {
    this.numbering = numbering;
    for (int i = 0; i < chain.revisions().size(); i++) {
      Revision revision = chain.revisions().get(i);
      List<String> names = new ArrayList<>(List.of(revision.name()));
      names.addAll(revision.was());
      boolean numbered = false;
      for (String name : names) {
        Optional<MigrationVersion> version = numbering.parse(name);
        numbered |= version.isPresent();
        if (version.isPresent()) {
          add(chain, version.get(), name, i);
        }
      }
      if (!numbered && revision.isDue(database)) {
        throw new ConfigurationException(
            chain.place(i),
            "'"
                + revision.name()
                + "' is not a version, so "
                + numbering.tool()
                + " cannot have recorded it",
            "Write the version as in the file's name, "
                + numbering.example()
                + "; or mark the line retired, if it is another tool's.");
      }
    }
  }

  private void add(RevisionChain chain, MigrationVersion version, String name, int position) {
    Integer duplicate = positions.putIfAbsent(version, position);
    if (duplicate != null && duplicate != position) {
      throw new ConfigurationException(
          chain.place(position),
          "'" + name + "' is the same version as the line at " + chain.place(duplicate),
          "Remove one of the two: to "
              + numbering.tool()
              + " "
              + numbering.equalVersions()
              + " are equal.");
    }
  }

  /** Returns the position of the line with this version, or -1. */
  public int indexOf(MigrationVersion version) {
    return positions.getOrDefault(version, -1);
  }

  /** Returns the positions of the lines whose version is not greater than {@code version}. */
  public BitSet upTo(MigrationVersion version) {
    BitSet result = new BitSet();
    positions.headMap(version, true).values().forEach(result::set);
    return result;
  }

  /** Returns whether no line has this version or a later one. */
  public boolean endsBelow(MigrationVersion version) {
    return positions.tailMap(version, true).isEmpty();
  }
}
