// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.check;

import dev.schemaguard.assessment.Assessment;
import dev.schemaguard.connections.ConnectedVersions;
import dev.schemaguard.preflight.Preflight.Connected;
import dev.schemaguard.preflight.Preflight.Decision;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the pending revisions mean for the connected versions of this application.
 *
 * @param seen what is connected
 * @param application the application's name; null if it has none
 * @param assessment the assessment of the database for the version that is to be started
 */
record RunningConnections(
    ConnectedVersions seen, @Nullable String application, Assessment assessment) {

  Connected outlook() {
    List<String> notSeen = new ArrayList<>();
    if (seen.notSeen() != null) {
      notSeen.add(seen.notSeen());
    }
    if (seen.visibility() == ConnectedVersions.Visibility.NONE) {
      return notJudged(notSeen);
    }
    if (application == null) {
      notSeen.add("the application has no name, so no connection can be attributed to it");
      return notJudged(notSeen);
    }
    if (seen.untagged() > 0) {
      notSeen.add(untagged(seen.untagged()) + ": version unknown");
    }
    List<RunningVersion> versions = versions(application);
    UpgradeTolerance weakest = weakest(versions);
    List<String> obstacles = obstacles(versions);
    boolean known = seen.isKnown() && seen.unattributed() == 0 && areJudged(versions);
    return new Connected(
        versions,
        seen.isKnown() && weakest != null ? weakest.upTo().orElse(null) : null,
        notSeen,
        known ? decision(weakest) : null,
        obstacles.isEmpty() ? null : String.join("; ", obstacles));
  }

  private static Connected notJudged(List<String> notSeen) {
    return new Connected(
        null, null, notSeen, null, "what is connected is not known: " + String.join("; ", notSeen));
  }

  private static String untagged(int number) {
    return number + (number == 1 ? " untagged connection" : " untagged connections");
  }

  private List<RunningVersion> versions(String name) {
    List<RunningVersion> versions = new ArrayList<>();
    for (ConnectedVersions.Instances each : seen.of(name)) {
      String version = each.tag().version();
      versions.add(
          new RunningVersion(
              version, each.connections(), assessment.tolerance(version).orElse(null)));
    }
    return versions;
  }

  private static boolean areJudged(List<RunningVersion> versions) {
    for (RunningVersion version : versions) {
      if (version.tolerance() == null) {
        return false;
      }
    }
    return true;
  }

  /** Returns why not everything that is pending may be applied now. */
  private List<String> obstacles(List<RunningVersion> versions) {
    List<String> obstacles = new ArrayList<>();
    for (RunningVersion version : versions) {
      UpgradeTolerance tolerance = version.tolerance();
      if (tolerance == null) {
        obstacles.add("without a chain it is unknown what " + version.version() + " survives");
      } else if (tolerance.reason() != null) {
        obstacles.add(
            tolerance.stopsAt().orElse("what is pending")
                + " must wait until "
                + version.version()
                + " is gone, because "
                + tolerance.reason().text().replace("this version", version.version()));
      }
    }
    if (!seen.isKnown()) {
      obstacles.add("other versions may be connected that are not seen");
    }
    if (seen.unattributed() > 0) {
      obstacles.add(untagged(seen.unattributed()) + " may be of a version that does not survive");
    }
    return obstacles;
  }

  /** Returns how to migrate if these are all versions that are connected. */
  private Decision decision(@Nullable UpgradeTolerance weakest) {
    if (weakest == null || weakest.reason() == null) {
      return Decision.ROLLING;
    }
    return weakest.tolerated().containsAll(assessment.comparison().missing())
        ? Decision.STAGED
        : Decision.RECREATE;
  }

  /**
   * Returns what the least tolerant version tolerates; null if none is connected, or if one cannot
   * be judged. Every version tolerates the same revisions in the same order, up to some point.
   */
  private static @Nullable UpgradeTolerance weakest(List<RunningVersion> versions) {
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
    return weakest;
  }
}
