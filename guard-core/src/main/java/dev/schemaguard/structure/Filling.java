// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

/** What a column holds if an INSERT does not name it. */
public enum Filling {
  /** Null; a NOT NULL column has to be named. */
  NONE(""),
  /** Its default. */
  DEFAULT("default"),
  /** A number that the database assigns; an INSERT may name another. */
  IDENTITY("identity"),
  /** A number that the database assigns; an INSERT may not name another. */
  IDENTITY_ALWAYS("identity always"),
  /** What the database computes from other columns; no INSERT may name it. */
  GENERATED("generated");

  private final String words;

  Filling(String words) {
    this.words = words;
  }

  /** Returns how the schema file spells it; empty for {@link #NONE}. */
  String words() {
    return words;
  }

  /** Returns whether an INSERT may name the column. */
  public boolean acceptsValues() {
    return this != IDENTITY_ALWAYS && this != GENERATED;
  }
}
