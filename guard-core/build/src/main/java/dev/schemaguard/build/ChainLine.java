// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.build;

import dev.schemaguard.matrix.ConfigurationException;
import dev.schemaguard.matrix.Revision;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of {@code revisions.txt}.
 *
 * @param text the line as it is in the file
 * @param revision the revision on the line; null if it is blank or a comment
 */
record ChainLine(String text, @Nullable Revision revision) {

  static ChainLine parse(String text, String origin, int number) {
    boolean empty = text.isBlank() || text.charAt(0) == '#';
    return new ChainLine(text, empty ? null : Revision.parse(text, origin, number));
  }

  /**
   * Returns the line for a revision.
   *
   * @throws ConfigurationException if the revision's name cannot be written in one line
   */
  static ChainLine of(Revision revision) {
    List<String> parts = new ArrayList<>(List.of(writable(revision.name())));
    addList(parts, "alias=", revision.aliases());
    if (revision.parents() != null) {
      parts.add("parents=" + String.join(",", revision.parents()));
    }
    addList(parts, "dbms=", revision.dbms());
    if (revision.optional()) {
      parts.add("optional");
    }
    revision.was().forEach(name -> parts.add("was=" + name));
    if (revision.replacedBy() != null) {
      parts.add("replaced-by=" + revision.replacedBy());
    }
    if (revision.retired()) {
      parts.add("retired");
    }
    return new ChainLine(String.join("\t", parts), revision);
  }

  /** Returns whether a name can be written in an attribute that contains a list. */
  static boolean fitsInList(String name) {
    return !name.isBlank() && name.equals(name.strip()) && !name.matches("(?s).*[,\t\r\n].*");
  }

  private static void addList(List<String> parts, String key, List<String> names) {
    if (!names.isEmpty()) {
      parts.add(key + String.join(",", names));
    }
  }

  private static String writable(String name) {
    if (name.isBlank() || name.startsWith("#") || name.matches("(?s).*[\t\r\n].*")) {
      throw new ConfigurationException(
          null,
          "a revision is named '" + name.replaceAll("[\t\r\n]", "?") + "', which no line can hold",
          "Remove tabs and line breaks from its path, id and author, and a # at their start.");
    }
    return name;
  }
}
