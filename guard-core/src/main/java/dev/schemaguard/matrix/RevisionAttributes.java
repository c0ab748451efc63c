// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of one line of a chain while they are collected. */
final class RevisionAttributes {

  private static final String ATTRIBUTES =
      "alias=, parents=, dbms=, optional, was=, replaced-by= and retired";

  private final String origin;
  private final int number;
  private final Set<String> seen = new HashSet<>();
  private List<String> aliases = List.of();
  private @Nullable List<String> parents;
  private List<String> dbms = List.of();
  private boolean optional;
  private final List<String> was = new ArrayList<>();
  private @Nullable String replacedBy;
  private boolean retired;

  RevisionAttributes(String origin, int number) {
    this.origin = origin;
    this.number = number;
  }

  /** Returns the revision with these attributes. */
  Revision of(String name) {
    return new Revision(name, aliases, parents, dbms, optional, was, replacedBy, retired);
  }

  /** Adds an attribute as it is written, {@code key=value} or {@code key}. */
  void add(String attribute) {
    int equals = attribute.indexOf('=');
    String key = equals < 0 ? attribute : attribute.substring(0, equals);
    String value = equals < 0 ? null : attribute.substring(equals + 1);
    if (!key.equals("was") && !seen.add(key)) {
      throw error("'" + key + "' is given twice", "Keep one of the two.");
    }
    switch (key) {
      case "alias" -> aliases = list(key, value);
      case "parents" -> parents = value != null && value.isEmpty() ? List.of() : list(key, value);
      case "dbms" -> dbms = list(key, value);
      case "was" -> {
        String former = required(key, value);
        RevisionNameRules.requireIdOrWholeKey(former, origin, number);
        was.add(former);
      }
      case "replaced-by" -> replacedBy = required(key, value);
      case "optional" -> optional = flag(key, value);
      case "retired" -> retired = flag(key, value);
      default ->
          throw error(
              "'" + attribute + "' is not an attribute of a revision",
              "The attributes are " + ATTRIBUTES + ", separated by tabs.");
    }
  }

  private String required(String key, @Nullable String value) {
    if (value == null || value.isBlank()) {
      throw error("'" + key + "' has no value", "Write " + key + "=NAME.");
    }
    return value.strip();
  }

  private List<String> list(String key, @Nullable String value) {
    List<String> names = new ArrayList<>();
    for (String name : required(key, value).split(",", -1)) {
      if (name.isBlank()) {
        throw error("'" + key + "=" + value + "' holds an empty name", "Remove the extra comma.");
      }
      names.add(name.strip());
    }
    return names;
  }

  private boolean flag(String key, @Nullable String value) {
    if (value != null) {
      throw error("'" + key + "' takes no value", "Write " + key + " alone.");
    }
    return true;
  }

  private ConfigurationException error(String what, String action) {
    return new ConfigurationException(origin + ":" + number, what, action);
  }
}
