// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.tool;

import dev.schemaguard.matrix.MigrationVersion;
import java.util.Optional;

/**
 * The way in which a tool that identifies a migration by its version writes versions. Each such
 * tool has one. Immutable.
 */
public final class Numbering {

  private final String tool;
  private final boolean integers;
  private final String example;
  private final String equalVersions;

  /**
   * Creates the numbering of a tool.
   *
   * @param tool the tool's name, as its users write it
   * @param integers whether a version is one integer, without parts
   * @param example how a version is written: {@code 1.2 for V1_2__add_x.sql}
   * @param equalVersions some equivalent ways to write one version: {@code 1, 001 and 1.0}
   */
  Numbering(String tool, boolean integers, String example, String equalVersions) {
    this.tool = tool;
    this.integers = integers;
    this.example = example;
    this.equalVersions = equalVersions;
  }

  /**
   * Returns the version that {@code name} spells, or empty if this tool does not accept it as a
   * version.
   */
  public Optional<MigrationVersion> parse(String name) {
    boolean whole = name.indexOf('.') < 0 && name.indexOf('_') < 0;
    return integers && !whole ? Optional.empty() : MigrationVersion.parse(name);
  }

  /** Returns the tool's name, as its users write it. */
  public String tool() {
    return tool;
  }

  /** Returns an example of how to write a version: {@code 1.2 for V1_2__add_x.sql}. */
  public String example() {
    return example;
  }

  /** Returns some equivalent ways to write one version: {@code 1, 001 and 1.0}. */
  String equalVersions() {
    return equalVersions;
  }
}
