// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.assessment.problem;

import dev.schemaguard.assessment.AcceptedNames;
import dev.schemaguard.assessment.AheadRevision;
import dev.schemaguard.preflight.Rollback;
import java.util.List;

/** Advises how an operator accepts revisions that a version cannot judge. */
final class AcceptAdvice {

  private static final int MOST_ACCEPTED = 10;

  private AcceptAdvice() {}

  /**
   * Returns the action to accept all revisions, or a rule for them. A shortened list would accept
   * too little if it were copied.
   */
  static String of(List<AheadRevision> unknown) {
    List<String> names = unknown.stream().map(AheadRevision::name).toList();
    return "read what "
        + (names.size() == 1 ? "it does, then accept it" : "they do, then accept them")
        + " by name: SCHEMA_GUARD_ACCEPT="
        + (names.size() <= MOST_ACCEPTED
            ? Rollback.word(AcceptedNames.list(names))
            : "NAME,NAME,… of the " + names.size() + " in ahead_revisions of the status");
  }
}
