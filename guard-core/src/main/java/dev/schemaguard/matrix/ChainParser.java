// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the lines of {@code revisions.txt}. */
final class ChainParser {

  private static final String ATTRIBUTES =
      "alias=, parents=, dbms=, optional, was=, replaced-by= and retired";

  private static final char MARK = '\uFEFF';
  private static final Pattern ATTRIBUTE_INSIDE =
      Pattern.compile(" (?:(?:optional|retired)$|(?:alias|parents|dbms|was|replaced-by)=|# )");

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
      requireName(line, number);
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
      requireName(line, number);
      return Revision.of(line);
    }
    String[] parts = line.split("\t", -1);
    requireName(parts[0], number);
    Attributes attributes = new Attributes(number);
    for (int i = 1; i < parts.length; i++) {
      attributes.add(parts[i].strip());
    }
    return new Revision(
        parts[0],
        attributes.aliases,
        attributes.parents,
        attributes.dbms,
        attributes.optional,
        attributes.was,
        attributes.replacedBy,
        attributes.retired);
  }

  private void requireName(String name, int number) {
    if (name.isBlank()) {
      throw error(
          number,
          "the line begins with a tab, so its revision has no name",
          "Write the name first, then a tab, then the attributes.");
    }
    if (holdsControl(name) || isForeign(name)) {
      throw error(
          number,
          "'" + name + "' is not a name of a revision",
          "The file is a page, a half-finished merge, or not UTF-8: generate it anew.");
    }
    if (name.indexOf(' ') >= 0) {
      requireBlanksInside(name, number);
    }
    requireIdOrWholeKey(name, number);
  }

  private void requireBlanksInside(String name, int number) {
    Optional<ChangesetKey> key = ChangesetKey.parse(name);
    if (name.charAt(0) == ' ' || (key.isEmpty() && name.endsWith(" "))) {
      throw error(
          number,
          "'" + name + "' has a blank at an end",
          "Write the name from the first column on; comments begin with # there.");
    }
    if (ATTRIBUTE_INSIDE.matcher(key.map(ChangesetKey::author).orElse(name)).find()) {
      throw error(
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

  private void requireIdOrWholeKey(String name, int number) {
    if (ChangesetKey.isParted(name) && !ChangesetKey.isWhole(name)) {
      throw error(
          number,
          "'" + name + "' is neither an id nor a whole key",
          "Write a Liquibase changeset as path::id::author.");
    }
  }

  private ConfigurationException error(int number, String what, String action) {
    return new ConfigurationException(origin + ":" + number, what, action);
  }

  /** The attributes of one line while they are collected. */
  private final class Attributes {
    private final int number;
    private final Set<String> seen = new HashSet<>();
    private List<String> aliases = List.of();
    private @Nullable List<String> parents;
    private List<String> dbms = List.of();
    private boolean optional;
    private final List<String> was = new ArrayList<>();
    private @Nullable String replacedBy;
    private boolean retired;

    Attributes(int number) {
      this.number = number;
    }

    void add(String attribute) {
      int equals = attribute.indexOf('=');
      String key = equals < 0 ? attribute : attribute.substring(0, equals);
      String value = equals < 0 ? null : attribute.substring(equals + 1);
      if (!key.equals("was") && !seen.add(key)) {
        throw error(number, "'" + key + "' is given twice", "Keep one of the two.");
      }
      switch (key) {
        case "alias" -> aliases = list(key, value);
        case "parents" -> parents = value != null && value.isEmpty() ? List.of() : list(key, value);
        case "dbms" -> dbms = list(key, value);
        case "was" -> {
          String former = required(key, value);
          requireIdOrWholeKey(former, number);
          was.add(former);
        }
        case "replaced-by" -> replacedBy = required(key, value);
        case "optional" -> optional = flag(key, value);
        case "retired" -> retired = flag(key, value);
        default ->
            throw error(
                number,
                "'" + attribute + "' is not an attribute of a revision",
                "The attributes are " + ATTRIBUTES + ", separated by tabs.");
      }
    }

    private String required(String key, @Nullable String value) {
      if (value == null || value.isBlank()) {
        throw error(number, "'" + key + "' has no value", "Write " + key + "=NAME.");
      }
      return value.strip();
    }

    private List<String> list(String key, @Nullable String value) {
      List<String> names = new ArrayList<>();
      for (String name : required(key, value).split(",", -1)) {
        if (name.isBlank()) {
          throw error(
              number, "'" + key + "=" + value + "' holds an empty name", "Remove the extra comma.");
        }
        names.add(name.strip());
      }
      return names;
    }

    private boolean flag(String key, @Nullable String value) {
      if (value != null) {
        throw error(number, "'" + key + "' takes no value", "Write " + key + " alone.");
      }
      return true;
    }
  }
}
