// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;
import java.util.ArrayList;
import java.util.List;

/** The section that says what to do now, and who should do it. */
final class AdviceSection {

  private final MigrationStatus status;
  private final String name;

  AdviceSection(MigrationStatus status) {
    this.status = status;
    this.name = Formats.name(status);
  }

  Html html() {
    Problem problem = status.problem();
    return tag(
            "section",
            tag("h2", text("What to do now "), tag("small", audience())).with("id", "advice"),
            problem == null
                ? permission()
                : Html.all(actions(problem), others(), ProblemPage.of(problem.code())))
        .in("advice")
        .with("aria-labelledby", "advice");
  }

  private String audience() {
    return switch (status.verdict()) {
      case UNREACHABLE, UNREADABLE, FAILED, DRIFTED -> "for the person who operates the database";
      case UNKNOWN_VERSION -> "for the developers of the application";
      case UNINITIALIZED,
          BEHIND,
          AHEAD_INCOMPATIBLE,
          AHEAD_UNKNOWN,
          AHEAD_COMPATIBLE,
          BEHIND_COMPATIBLE,
          UP_TO_DATE ->
          "for the person who deploys";
    };
  }

  private static Html actions(Problem problem) {
    List<String> actions = problem.actions();
    return Formats.alternatives(actions);
  }

  /**
   * Returns a remark that the advice is for the worst tenant, and that others may need something
   * else.
   */
  private Html others() {
    TenantsStatus tenants = status.tenants();
    int others = tenants == null ? 0 : tenants.incompatible() - 1;
    return others < 1
        ? Html.NONE
        : tag(
            "p",
            "This applies to the worst tenant. "
                + Formats.count(others, "more tenant")
                + (others == 1 ? " is" : " are")
                + " not compatible: see below.");
  }

  private Html permission() {
    List<Html> remarks = new ArrayList<>();
    String where = status.tenants() == null ? "" : " in the worst tenant";
    int ahead = status.aheadRevisions().size();
    int pending = status.pendingRevisions().size();
    if (ahead > 0) {
      remarks.add(
          tag(
              "li",
              Formats.count(ahead, "migration")
                  + " newer than "
                  + name
                  + " expects"
                  + where
                  + ": this version may run with "
                  + (ahead == 1 ? "it." : "them.")));
    }
    if (pending > 0) {
      remarks.add(
          tag(
              "li",
              Formats.count(pending, "migration")
                  + " pending"
                  + where
                  + ": "
                  + name
                  + (pending == 1
                      ? " runs without it. Apply it when convenient."
                      : " runs without them. Apply them when convenient.")));
    }
    if (status.migrationLock() != null) {
      remarks.add(
          tag(
              "li",
              "A migration lock is held, so this may change: check again when it is released."));
    }
    String permission =
        status.stale() != null
            ? "The last result allows a deployment. First find out why there is no newer one."
            : remarks.isEmpty() ? "Nothing. You may deploy." : "You may deploy now.";
    Html lead = tag("p", permission).in("lead");
    return remarks.isEmpty() ? lead : Html.all(lead, tag("ul", Html.all(remarks)));
  }
}
