// SPDX-License-Identifier: Apache-2.0
package dev.schemaguard.report;

import static dev.schemaguard.report.Html.all;
import static dev.schemaguard.report.Html.tag;
import static dev.schemaguard.report.Html.text;

import dev.schemaguard.status.MigrationStatus;
import dev.schemaguard.status.TenantStatus;
import dev.schemaguard.status.TenantsStatus;
import dev.schemaguard.status.Verdict;
import java.util.ArrayList;
import java.util.List;

/** How many tenants there are of each verdict, and which of them differ, the worst first. */
final class TenantsSection {

  private static final int MOST_SHOWN = 20;

  private final TenantsStatus tenants;
  private final boolean named;

  TenantsSection(TenantsStatus tenants) {
    this.tenants = tenants;
    this.named = tenants.worst().stream().allMatch(one -> one.tenant() != null);
  }

  Html html() {
    return tag(
            "section",
            tag("h2", "Tenants").with("id", "tenants"),
            tenants.count() == 0 ? tag("p", "Nobody can tell which tenants there are.") : counts(),
            tenants.worst().isEmpty() ? Html.NONE : all(table(), more()))
        .in("tenants")
        .with("aria-labelledby", "tenants");
  }

  private Html counts() {
    List<Html> counts = new ArrayList<>();
    tenants.byVerdict().forEach((verdict, number) -> counts.add(count(verdict, number)));
    return all(
        tag("p", Wording.count(tenants.count(), "tenant") + ":"),
        tag("ul", all(counts)).in("counts"));
  }

  private Html count(Verdict verdict, int number) {
    Tone tone = tone(verdict);
    return tag(
            "li",
            Wording.sign(tone.sign()),
            text(" "),
            tag("b", String.valueOf(number)),
            text(" " + verdict))
        .in(tone.styleClass());
  }

  /** That of the worst tenant of this verdict: unknown revisions are allowed by some rows. */
  private Tone tone(Verdict verdict) {
    return tenants.worst().stream()
        .map(TenantStatus::status)
        .filter(status -> status.verdict() == verdict)
        .findFirst()
        .map(Tone::of)
        .orElse(Tone.YES);
  }

  private Html table() {
    List<Html> rows = new ArrayList<>();
    tenants.worst().stream().limit(MOST_SHOWN).forEach(one -> rows.add(row(one)));
    return tag(
        "table",
        tag("caption", "Those that are not simply up to date, the worst first"),
        tag(
            "thead",
            tag("tr", named ? column("Tenant") : Html.NONE, column("Verdict"), column("Summary"))),
        tag("tbody", all(rows)));
  }

  private static Html column(String name) {
    return tag("th", name).with("scope", "col");
  }

  private Html row(TenantStatus one) {
    MigrationStatus status = one.status();
    Tone tone = Tone.of(status);
    Html verdict = all(Wording.sign(tone.sign()), text(" " + status.verdict()));
    Html summary = tag("td", status.summary());
    return tag(
        "tr",
        named
            ? all(
                tag("th", String.valueOf(one.tenant())).with("scope", "row"),
                tag("td", verdict).in(tone.styleClass()))
            : tag("th", verdict).with("scope", "row").in(tone.styleClass()),
        summary);
  }

  private Html more() {
    int more = tenants.worst().size() - MOST_SHOWN;
    return all(
        more > 0
            ? tag("p", "… and " + more + " more; the command line names all of them.")
            : Html.NONE,
        named ? Html.NONE : tag("p", "Their names are shown only where details are."));
  }
}
