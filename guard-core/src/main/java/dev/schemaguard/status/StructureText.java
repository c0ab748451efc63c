// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.status;

import java.util.ArrayList;
import java.util.List;

/** Writes the differences between a schema and its schema file on one line. */
final class StructureText {

  private static final int MOST_NAMES = 5;

  private StructureText() {}

  /** Returns the first differences of each kind, and how many more there are. */
  static String of(MigrationStatus.Structure structure) {
    List<String> parts = new ArrayList<>();
    add(parts, "missing: ", structure.missing());
    add(parts, "changed: ", structure.changed());
    add(parts, "newly required: ", structure.newlyRequired());
    return String.join("; ", parts);
  }

  private static void add(List<String> parts, String kind, List<String> names) {
    if (!names.isEmpty()) {
      int more = names.size() - MOST_NAMES;
      parts.add(
          kind
              + String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())))
              + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
