// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.Optional;
import java.util.regex.Pattern;

/** Refuses what no name of a revision is, such as a line of a web page. */
final class RevisionNameRules {

  private static final char MARK = '\uFEFF';
  private static final Pattern ATTRIBUTE_INSIDE =
      Pattern.compile(" (?:(?:optional|retired)$|(?:alias|parents|dbms|was|replaced-by)=|# )");

  private RevisionNameRules() {}

  /**
   * Refuses a name that cannot be a revision's.
   *
   * @throws ConfigurationException that says why
   */
  static void require(String name, String origin, int number) {
    if (name.isBlank()) {
      throw error(
          origin,
          number,
          "the line begins with a tab, so its revision has no name",
          "Write the name first, then a tab, then the attributes.");
    }
    if (holdsControl(name) || isForeign(name)) {
      throw error(
          origin,
          number,
          "'" + name + "' is not a name of a revision",
          "The file is a page, a half-finished merge, or not UTF-8: generate it anew.");
    }
    if (name.indexOf(' ') >= 0) {
      requireBlanksInside(name, origin, number);
    }
    requireIdOrWholeKey(name, origin, number);
  }

  private static void requireBlanksInside(String name, String origin, int number) {
    Optional<ChangesetKey> key = ChangesetKey.parse(name);
    if (name.charAt(0) == ' ' || (key.isEmpty() && name.endsWith(" "))) {
      throw error(
          origin,
          number,
          "'" + name + "' has a blank at an end",
          "Write the name from the first column on; comments begin with # there.");
    }
    if (ATTRIBUTE_INSIDE.matcher(key.map(ChangesetKey::author).orElse(name)).find()) {
      throw error(
          origin,
          number,
          "'" + name + "' holds an attribute or a comment as part of the name",
          "Part attributes by tabs, not by blanks; comments stand on lines of their own. An id that"
              + " does contain this is written whole, as path::id::author.");
    }
  }

  private static boolean holdsControl(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c < ' ' || (c > '~' && (Character.isISOControl(c) || c == MARK))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether this line belongs to a web page or to an unfinished merge. */
  private static boolean isForeign(String name) {
    return name.charAt(0) == '<'
        || name.charAt(0) == '|'
        || name.startsWith("=======")
        || name.startsWith(">>>>>>>");
  }

  /** Refuses a name that is a part of a changeset's key. */
  static void requireIdOrWholeKey(String name, String origin, int number) {
    if (ChangesetKey.isParted(name) && !ChangesetKey.isWhole(name)) {
      throw error(
          origin,
          number,
          "'" + name + "' is neither an id nor a whole key",
          "Write a Liquibase changeset as path::id::author.");
    }
  }

  private static ConfigurationException error(
      String origin, int number, String what, String action) {
    return new ConfigurationException(origin + ":" + number, what, action);
  }
}
