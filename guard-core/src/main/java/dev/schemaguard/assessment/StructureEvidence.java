// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment;

import dev.schemaguard.status.MigrationStatus.Structure;
import dev.schemaguard.status.MigrationStatus.Structure.Result;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * What the comparison of the schema with the schema file found, and what follows from it.
 * Immutable.
 *
 * @param structure what is published
 * @param reason why nothing could be compared; empty if it was compared
 * @param tables the number of tables and views that this version needs
 * @param columns the number of their columns
 * @param since the revisions that, by the schema file, brought what is missing or changed
 * @param enforced whether a difference changes the verdict, and is not merely reported
 */
public record StructureEvidence(
    Structure structure,
    String reason,
    int tables,
    int columns,
    List<String> since,
    boolean enforced) {

  /** Copies the list. */
  public StructureEvidence {
    since = List.copyOf(since);
  }

  /** Returns the evidence if nothing could be compared. */
  public static StructureEvidence notComparable(String reason, boolean enforced) {
    return new StructureEvidence(
        Structure.of(Result.NOT_COMPARABLE), reason, 0, 0, List.of(), enforced);
  }

  boolean isIntact() {
    return structure.result() == Result.INTACT;
  }

  /** Returns whether the schema lacks something, and a setting does not tolerate that. */
  boolean isRefused() {
    return structure.result() == Result.BROKEN && enforced;
  }

  /** Returns the verdict of a history, in the light of this evidence. */
  Verdict on(Verdict verdict) {
    if (!isRefused()) {
      return verdict;
    }
    if (verdict == Verdict.AHEAD_UNKNOWN) {
      return Verdict.AHEAD_INCOMPATIBLE;
    }
    return verdict == Verdict.UP_TO_DATE || verdict == Verdict.BEHIND_COMPATIBLE
        ? Verdict.DRIFTED
        : verdict;
  }

  /** Returns what readers of the status should know beside the verdict; empty if nothing. */
  List<String> notes(boolean explained) {
    List<String> notes = new ArrayList<>();
    if (!structure.compared()) {
      notes.add("the schema was not compared with its schema file: " + reason);
    } else if (!isIntact() && !explained) {
      notes.add("the schema lacks what this version needs: " + structure.text());
    }
    return notes;
  }

  /** Returns the size of the schema: {@code 14 tables and 96 columns}. */
  public String size() {
    return tables
        + (tables == 1 ? " table and " : " tables and ")
        + columns
        + (columns == 1 ? " column" : " columns");
  }
}
