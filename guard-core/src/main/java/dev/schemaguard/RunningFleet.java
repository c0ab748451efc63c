// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.assessment.Survival;
import dev.schemaguard.fleet.Fleet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The part of a fleet that is this application, beside what is pending for it.
 *
 * @param versions as {@link Preflight} has it
 * @param safeUpTo as {@link Preflight} has it
 * @param notSeen as {@link Preflight} has it
 */
record RunningFleet(
    @Nullable List<RunningVersion> versions, @Nullable String safeUpTo, List<String> notSeen) {

  static RunningFleet of(Fleet fleet, @Nullable String application, Assessment assessment) {
    List<String> notSeen = new ArrayList<>();
    if (fleet.notSeen() != null) {
      notSeen.add(fleet.notSeen());
    }
    if (fleet.sight() == Fleet.Sight.NONE) {
      return new RunningFleet(null, null, notSeen);
    }
    if (application == null) {
      notSeen.add("the application has no name, so no connection can be told to be its own");
      return new RunningFleet(null, null, notSeen);
    }
    if (fleet.unmarked() > 0) {
      notSeen.add(
          fleet.unmarked()
              + (fleet.unmarked() == 1 ? " connection has" : " connections have")
              + " no mark, and may be of any version");
    }
    List<RunningVersion> versions = new ArrayList<>();
    for (Fleet.Instances each : fleet.of(application)) {
      String version = each.mark().version();
      versions.add(
          new RunningVersion(
              version, each.connections(), assessment.survival(version).orElse(null)));
    }
    return new RunningFleet(versions, fleet.isTold() ? safeUpTo(versions) : null, notSeen);
  }

  /**
   * What the weakest survives; each survives the same revisions in the same order, up to a point.
   */
  private static @Nullable String safeUpTo(List<RunningVersion> versions) {
    Survival weakest = null;
    for (RunningVersion version : versions) {
      Survival survival = version.survival();
      if (survival == null) {
        return null;
      }
      if (weakest == null || survival.survives().size() < weakest.survives().size()) {
        weakest = survival;
      }
    }
    return weakest == null ? null : weakest.upTo().orElse(null);
  }
}
