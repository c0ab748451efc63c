// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.MigrationStatus.Stale;
import dev.schemaguard.status.Problem;
import dev.schemaguard.status.TenantsStatus;

/** The answer to "may I deploy?", at the top of the page. */
final class VerdictSection {

  private final MigrationStatus status;
  private final StatusColor tone;
  private final boolean old;

  VerdictSection(MigrationStatus status) {
    this.status = status;
    this.tone = StatusColor.of(status);
    this.old = status.stale() != null;
  }

  /** Returns the title of the browser tab: {@code ✖ No: orders 1.4.2}. */
  String title() {
    return sign() + " " + tone.word() + age() + ": " + Formats.name(status);
  }

  Html html() {
    return tag(
            "section",
            tag("span", sign()).in("sign").with("aria-hidden", "true"),
            tag(
                "div",
                tag("h2", headline()).with("id", "verdict"),
                place(),
                reason(),
                survival(),
                stale()))
        .in("verdict " + look().styleClass())
        .with("aria-labelledby", "verdict");
  }

  /** Returns the colour of the verdict; an outdated one looks like an unknown one. */
  StatusColor look() {
    return old ? StatusColor.UNTOLD : tone;
  }

  private String sign() {
    return old ? "⚠" : tone.sign();
  }

  private String age() {
    return old ? " (outdated)" : "";
  }

  private String headline() {
    String name = Formats.name(status);
    return tone.word()
        + switch (tone) {
          case YES -> ": " + name + " may run " + where("all ");
          case NO -> ": " + name + " must not run " + where(incompatible() + " of ");
          case UNTOLD -> " whether " + name + " may run " + where("all ");
        }
        + age();
  }

  /** Returns which database the verdict is about, if the status names it. */
  private Html place() {
    String database = status.database();
    return database == null
        ? Html.NONE
        : tag("p", text("Database "), tag("strong", database)).in("place");
  }

  private String where(String howMany) {
    TenantsStatus tenants = status.tenants();
    if (tenants == null || tenants.count() == 0) {
      return "on this database";
    }
    return tenants.count() == 1
        ? "for its only tenant"
        : "for " + howMany + Formats.count(tenants.count(), "tenant");
  }

  private int incompatible() {
    TenantsStatus tenants = status.tenants();
    return tenants == null ? 0 : tenants.incompatible();
  }

  private Html reason() {
    Problem problem = status.problem();
    if (problem == null) {
      return tag("p", status.summary());
    }
    boolean succeeded = status.error() == null;
    return all(
        tag("p", text(problem.title() + " "), tag("code", problem.code()).in("code")).in("lead"),
        succeeded ? tag("p", status.summary()) : Html.NONE,
        tag("p", text("Why: " + problem.why())));
  }

  private Html survival() {
    return status.survivable() && !status.compatible()
        ? tag("p", "Instances that already run can keep running" + others() + ".")
        : Html.NONE;
  }

  private String others() {
    return status.tenants() == null ? "" : " for the other tenants";
  }

  private Html stale() {
    Stale stale = status.stale();
    return stale == null
        ? Html.NONE
        : tag(
                "p",
                Formats.sign("⚠ "),
                text("This is the last result. Checks have failed since "),
                Formats.time(stale.since()),
                text(": " + stale.error()))
            .in("warning");
  }
}
