// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Optional;

/** The way in which a tool that identifies a migration by its version writes versions. */
public enum Numbering {
  /** Flyway: numbers separated by dots or underscores. */
  FLYWAY("Flyway", false, "1.2 for V1_2__add_x.sql", "1, 001 and 1.0"),

  /** golang-migrate: one integer ({@code source.Regex} and {@code source.Migration} of its v4). */
  GOLANG_MIGRATE("golang-migrate", true, "7 for 000007_add_x.up.sql", "1 and 001");

  private final String tool;
  private final boolean integers;
  private final String example;
  private final String equals;

  Numbering(String tool, boolean integers, String example, String equals) {
    this.tool = tool;
    this.integers = integers;
    this.example = example;
    this.equals = equals;
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
    return equals;
  }
}
