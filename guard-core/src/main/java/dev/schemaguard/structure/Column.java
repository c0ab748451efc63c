// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.structure;

/**
 * A column of a table or view.
 *
 * @param name the name, as the catalog has it
 * @param type the type with its length, as the catalog names it
 * @param notNull whether it is declared NOT NULL
 * @param filling what it holds if an INSERT does not name it
 */
public record Column(String name, String type, boolean notNull, Filling filling) {

  private static final String NOT_NULL = " not null";

  /** Returns whether every INSERT has to name it. */
  boolean isRequired() {
    return notNull && filling == Filling.NONE;
  }

  /** Returns the line of the schema file for it, without attributes. */
  @Override
  public String toString() {
    return Name.spell(name) + " " + definition();
  }

  /** Returns the type and what follows it. */
  String definition() {
    return Name.escape(type, false)
        + (notNull ? NOT_NULL : "")
        + (filling == Filling.NONE ? "" : " " + filling.words());
  }

  /**
   * Returns the column that a definition spells. A type never ends like one of the words that
   * follow it.
   */
  static Column of(String name, String definition) {
    String rest = definition.strip();
    Filling filling = Filling.NONE;
    for (Filling each : Filling.values()) {
      if (each != Filling.NONE && rest.endsWith(" " + each.words())) {
        filling = each;
        rest = rest.substring(0, rest.length() - each.words().length() - 1).stripTrailing();
        break;
      }
    }
    boolean notNull = rest.endsWith(NOT_NULL);
    String type = notNull ? rest.substring(0, rest.length() - NOT_NULL.length()) : rest;
    return new Column(name, Name.unescape(type.stripTrailing()), notNull, filling);
  }
}
