// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.NameList;
import dev.schemaguard.assessment.StructureEvidence;
import java.util.ArrayList;
import java.util.List;

/**
 * Explains a schema that lacks what a version needs although its history is complete.
 *
 * @param structure what is missing
 * @param migrate the advice for the users of the tool
 * @param table the history table
 */
record DriftedExplanation(StructureEvidence structure, MigrateAdvice migrate, String table) {

  Explanation explanation(String term) {
    List<String> actions = new ArrayList<>();
    if (migrate.lock().isHeld()) {
      actions.add(migrate.lock().waitForMigration());
    }
    actions.add(recorded(term));
    actions.add(
        "if it was lost later, by a restore or by hand, restore the tables and their history from"
            + " one backup, or add what is missing with a new migration that also runs where it"
            + " exists");
    actions.add("until it is repaired, start with SCHEMA_GUARD_STRUCTURE=warn, which only warns");
    return new Explanation(
        "GUARD-DRIFTED",
        "The schema lacks what this version needs, although its history is complete",
        structure.structure().text() + since(),
        actions);
  }

  private String since() {
    return structure.since().isEmpty() ? "" : " (since " + NameList.of(structure.since()) + ")";
  }

  /** Returns the advice for what was recorded without being run. */
  private String recorded(String term) {
    List<String> since = structure.since();
    String which =
        since.isEmpty()
            ? "the " + term + " that creates it was"
            : NameList.of(since) + (since.size() == 1 ? " was" : " were");
    return String.format(migrate.tool().catchUp(), which, table);
  }
}
