// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.assessment.NameList;
import java.util.List;
import java.util.Objects;

/**
 * Advises on revisions that a class has applied and that the chain does not have. A Java-based
 * migration of Flyway that is outside its locations, such as a Spring bean, is in no file.
 */
final class MigrationClasses {

  private static final int MOST_FOLDERS = 3;

  private MigrationClasses() {}

  /**
   * Returns how to get such classes into the chain; empty if none of these revisions is a class.
   */
  static List<String> actions(List<AheadRevision> unknown) {
    List<String> classes =
        unknown.stream()
            .filter(revision -> !revision.known())
            .map(revision -> revision.entry().className())
            .filter(Objects::nonNull)
            .toList();
    if (classes.isEmpty()) {
      return List.of();
    }
    boolean one = classes.size() == 1;
    List<String> folders =
        classes.stream()
            .filter(name -> name.indexOf('.') > 0)
            .map(name -> name.substring(0, name.lastIndexOf('.')).replace('.', '/'))
            .distinct()
            .toList();
    String first = classes.get(0);
    String simple = first.substring(first.lastIndexOf('.') + 1).replace('$', '.');
    return List.of(
        "if this version itself has the class"
            + (one ? " " : "es ")
            + NameList.of(classes)
            + ", add "
            + (one ? "it" : "them")
            + " to the chain: SchemaFiles.flyway(…).javaMigrations("
            + simple
            + (one ? ".class)" : ".class, …)")
            + (folders.isEmpty() || folders.size() > MOST_FOLDERS
                ? ""
                : ", or schema-guard revisions --flyway LOCATIONS," + String.join(",", folders)));
  }
}
