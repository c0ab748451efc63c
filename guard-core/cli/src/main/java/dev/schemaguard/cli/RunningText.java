// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.cli;

import dev.schemaguard.preflight.Preflight;
import dev.schemaguard.preflight.RunningVersion;
import dev.schemaguard.preflight.UpgradeTolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Formats the versions that are running during a migration as lines for people. */
final class RunningText {

  private RunningText() {}

  /** Returns the lines; none if the running versions were not determined. */
  static List<String> lines(Preflight preflight) {
    List<String> lines = new ArrayList<>();
    List<RunningVersion> running = preflight.running();
    if (running != null && running.isEmpty()) {
      lines.add("no connection has this application's tag");
    }
    for (RunningVersion version : Objects.requireNonNullElse(running, List.<RunningVersion>of())) {
      lines.add(line(version));
    }
    preflight.notSeen().forEach(what -> lines.add("not seen: " + what));
    return lines;
  }

  /**
   * Returns the newest migration that can safely be applied now; empty if no running version is
   * seen or nothing is pending.
   */
  static String safeUpTo(Preflight preflight) {
    List<RunningVersion> running = preflight.running();
    if (running == null || running.isEmpty() || preflight.status().pendingRevisions().isEmpty()) {
      return "";
    }
    if (preflight.safeUpTo() != null) {
      return preflight.safeUpTo() + ", for the versions seen here";
    }
    return running.stream().anyMatch(RunningText::mustGoFirst) ? "none of them yet" : "not known";
  }

  private static boolean mustGoFirst(RunningVersion version) {
    UpgradeTolerance tolerance = version.tolerance();
    return tolerance != null && tolerance.tolerated().isEmpty();
  }

  private static String line(RunningVersion version) {
    UpgradeTolerance tolerance = version.tolerance();
    return version.version()
        + ", "
        + connections(version.connections())
        + (tolerance == null ? "" : ": " + text(tolerance));
  }

  private static String text(UpgradeTolerance tolerance) {
    UpgradeTolerance.Reason reason = tolerance.reason();
    if (reason == null) {
      return tolerance.tolerated().isEmpty()
          ? "nothing is pending"
          : "survives all that is pending";
    }
    return tolerance.stopsAt().orElse("")
        + " must wait until it is gone, because "
        + reason.text()
        + tolerance.upTo().map(last -> "; survives up to " + last).orElse("");
  }

  /** Returns a number of connections in words: {@code 1 connection}, {@code 2 connections}. */
  static String connections(int number) {
    return number == 1 ? "1 connection" : number + " connections";
  }
}
