// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.preflight;

import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.Preflight.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the requirements of pending revisions mean for a preflight.
 *
 * @param all the requirements, in the order in which their revisions are applied
 */
record Requirements(List<Requirement> all) {

  private @Nullable Requirement firstUnmet() {
    for (Requirement each : all) {
      if (each.isUnmet()) {
        return each;
      }
    }
    return null;
  }

  /** Returns {@code preflight} with these requirements: a no-go (11) if one does not hold. */
  Preflight over(Preflight preflight) {
    Requirement first = firstUnmet();
    if (first == null || !preflight.go()) {
      return with(preflight, preflight);
    }
    List<String> pending = preflight.status().pendingRevisions();
    int at = pending.indexOf(first.revision());
    String why =
        first.revision() + " has to wait for: " + first.text() + " (" + first.reason() + ")";
    String action =
        at > 0
            ? "migrate up to " + pending.get(at - 1) + " only, and the rest once this holds"
            : "migrate once this holds; nothing that is pending comes before it";
    return with(
        preflight,
        new Preflight(
            preflight.status().withNote(why),
            false,
            Preflight.HARMS_RUNNING,
            why,
            List.of(action),
            preflight.cannotRestart(),
            preflight.connected(),
            preflight.rollback()));
  }

  private Preflight with(Preflight before, Preflight result) {
    return new Preflight(
        result.status(),
        result.go(),
        result.exitCode(),
        result.reason(),
        result.actions(),
        before.cannotRestart(),
        before.connected(),
        before.rollback(),
        all);
  }

  /**
   * Returns the first revision that has to wait.
   *
   * @param running the first that has to wait for a connected version; null if none has
   * @param pending the pending revisions in order
   */
  @Nullable String stopsAt(@Nullable String running, List<String> pending) {
    Requirement first = firstUnmet();
    if (first == null) {
      return running;
    }
    int at = running == null ? -1 : pending.indexOf(running);
    return at >= 0 && at < pending.indexOf(first.revision()) ? running : first.revision();
  }

  /** Returns how to migrate, given how to do so for the connected versions alone. */
  @Nullable Decision decision(@Nullable Decision connected) {
    return firstUnmet() == null || connected == Decision.RECREATE ? connected : Decision.STAGED;
  }
}
