// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
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
record RunningConnections(
    @Nullable List<RunningVersion> versions, @Nullable String safeUpTo, List<String> notSeen) {

  static RunningConnections of(
      ConnectedVersions fleet, @Nullable String application, Assessment assessment) {
    List<String> notSeen = new ArrayList<>();
    if (fleet.notSeen() != null) {
      notSeen.add(fleet.notSeen());
    }
    if (fleet.sight() == ConnectedVersions.Visibility.NONE) {
      return new RunningConnections(null, null, notSeen);
    }
    if (application == null) {
      notSeen.add("the application has no name, so no connection can be told to be its own");
      return new RunningConnections(null, null, notSeen);
    }
    if (fleet.unmarked() > 0) {
      notSeen.add(
          fleet.unmarked()
              + (fleet.unmarked() == 1 ? " connection has" : " connections have")
              + " no mark, and may be of any version");
    }
    List<RunningVersion> versions = new ArrayList<>();
    for (ConnectedVersions.Instances each : fleet.of(application)) {
      String version = each.mark().version();
      versions.add(
          new RunningVersion(
              version, each.connections(), assessment.survival(version).orElse(null)));
    }
    return new RunningConnections(versions, fleet.isKnown() ? safeUpTo(versions) : null, notSeen);
  }

  /**
   * What the weakest survives; each survives the same revisions in the same order, up to a point.
   */
  private static @Nullable String safeUpTo(List<RunningVersion> versions) {
    UpgradeTolerance weakest = null;
    for (RunningVersion version : versions) {
      UpgradeTolerance survival = version.survival();
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
