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
 * The connected versions of this application, with what each tolerates of the pending revisions.
 *
 * @param versions the versions, as in {@link Preflight}
 * @param safeUpTo the last revision that all of them tolerate, as in {@link Preflight}
 * @param notSeen what could not be seen, as in {@link Preflight}
 */
record RunningConnections(
    @Nullable List<RunningVersion> versions, @Nullable String safeUpTo, List<String> notSeen) {

  static RunningConnections of(
      ConnectedVersions connectedVersions, @Nullable String application, Assessment assessment) {
    List<String> notSeen = new ArrayList<>();
    if (connectedVersions.notSeen() != null) {
      notSeen.add(connectedVersions.notSeen());
    }
    if (connectedVersions.visibility() == ConnectedVersions.Visibility.NONE) {
      return new RunningConnections(null, null, notSeen);
    }
    if (application == null) {
      notSeen.add("the application has no name, so no connection can be attributed to it");
      return new RunningConnections(null, null, notSeen);
    }
    if (connectedVersions.untagged() > 0) {
      notSeen.add(
          connectedVersions.untagged()
              + (connectedVersions.untagged() == 1
                  ? " untagged connection"
                  : " untagged connections")
              + ": version unknown");
    }
    List<RunningVersion> versions = new ArrayList<>();
    for (ConnectedVersions.Instances each : connectedVersions.of(application)) {
      String version = each.tag().version();
      versions.add(
          new RunningVersion(
              version, each.connections(), assessment.tolerance(version).orElse(null)));
    }
    return new RunningConnections(
        versions, connectedVersions.isKnown() ? safeUpTo(versions) : null, notSeen);
  }

  /**
   * Returns the last revision that the least tolerant version tolerates. Every version tolerates
   * the same revisions in the same order, up to some point.
   */
  private static @Nullable String safeUpTo(List<RunningVersion> versions) {
    UpgradeTolerance weakest = null;
    for (RunningVersion version : versions) {
      UpgradeTolerance tolerance = version.tolerance();
      if (tolerance == null) {
        return null;
      }
      if (weakest == null || tolerance.tolerated().size() < weakest.tolerated().size()) {
        weakest = tolerance;
      }
    }
    return weakest == null ? null : weakest.upTo().orElse(null);
  }
}
